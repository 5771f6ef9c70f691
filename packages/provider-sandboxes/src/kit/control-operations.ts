/** The operations of a sandbox that no provider has: its switches, its inspection and its health, under `/_sandbox/`. */
import type { Operation } from './operation.ts';
import { parseJson } from './read-body.ts';
import { Refusal } from './refusal.ts';
import type { Switchboard } from './switchboard.ts';

/** The state that the control operations show and change. */
export interface ControlParts<Own extends object> {
  readonly name: string;
  readonly switchboard: Switchboard<Own>;
  /** Further control operations of this provider; their paths start with `/_sandbox/`. */
  readonly ownControls?: readonly Operation[];
  inspect(query: URLSearchParams): unknown;
}

/** The control operations; faults never apply to them, and the call log omits them. */
export function controlOperations<Own extends object>(parts: ControlParts<Own>): Operation[] {
  const { name, switchboard } = parts;
  const path = '/_sandbox/switches';
  const show = () => ({ status: 200, json: switchboard.read() });
  return [
    {
      name: 'health',
      method: 'GET',
      path: '/_sandbox/health',
      handle: () => ({ status: 200, json: { status: 'ok', name } }),
    },
    {
      name: 'inspect',
      method: 'GET',
      path: '/_sandbox/inspect',
      handle: ({ query }) => ({ status: 200, json: parts.inspect(query) }),
    },
    { name: 'switches', method: 'GET', path, handle: show },
    {
      name: 'merge-switches',
      method: 'PUT',
      path,
      handle: ({ body, oversized }) => {
        if (oversized) throw new Refusal(413, 'the body is too large');
        switchboard.merge(parseJson(body));
        return show();
      },
    },
    {
      name: 'reset-switches',
      method: 'DELETE',
      path,
      handle: () => {
        switchboard.reset();
        return show();
      },
    },
    ...(parts.ownControls ?? []),
  ];
}
