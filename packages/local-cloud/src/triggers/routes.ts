/** Finds the route of an HTTP API for a request, by API Gateway's order: exact, with parameters, greedy, `$default`. */
import type { RoutePlan } from '../template/plan-api.ts';

/** The route that answers a request, with the path's parameters decoded. */
export interface RouteMatch {
  route: RoutePlan;
  parameters: Record<string, string>;
}

const parameterPart = /^\{([^}+]+)(\+?)\}$/;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  if (pattern === '$default') return {};
  const wanted = pattern.split('/');
  const given = path.split('/');
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const parameter = parameterPart.exec(part);
    const value = given[index];
    if (value === undefined) return undefined;
    if (!parameter?.[1]) {
      if (part !== value) return undefined;
      continue;
    }
    if (value === '') return undefined;
    parameters[parameter[1]] = decode(parameter[2] ? given.slice(index).join('/') : value);
    if (parameter[2]) return parameters;
  }
  return wanted.length === given.length ? parameters : undefined;
}

/** Smaller is more specific: the kind of each path segment, then a named method before ANY. */
function rank(route: RoutePlan): string {
  if (route.path === '$default') return '~';
  const kinds = route.path.split('/').map((part) => {
    const parameter = parameterPart.exec(part);
    if (!parameter) return 'a';
    return parameter[2] ? 'c' : 'b';
  });
  return `${kinds.join('')}${route.method === 'ANY' ? 'z' : 'a'}`;
}

/** Creates the finder for an API's routes. */
export function routeFinder(routes: RoutePlan[]): (method: string, path: string) => RouteMatch | undefined {
  const ordered = routes.toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1));
  return (method, path) => {
    for (const route of ordered) {
      if (route.method !== 'ANY' && route.method !== method) continue;
      const parameters = matchPath(route.path, path);
      if (parameters) return { route, parameters };
    }
    return undefined;
  };
}
