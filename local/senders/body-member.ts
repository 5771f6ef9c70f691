/** Sets a member of a body that an expression of the settings finds. */
import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { CannotSign } from './cannot-sign.ts';

/** Most expressions are a path, or end in one: `condition ? path`. */
const lastPath = /(?:^|\s)([A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*)$/;

/** The rest of the body stays as it is; a number stays a number. Throws CannotSign if the expression is not a path. */
export function setMember(body: Buffer, expression: string, value: string): Buffer {
  const path = lastPath
    .exec(expression)?.[1]
    ?.match(/\w+/g)
    ?.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const text = body.toString('utf8');
  const tree = parseTree(text);
  if (path === undefined || tree?.type !== 'object') {
    throw new CannotSign(
      'The signature of this scheme is in the body at a place that is not a path, or the body is not JSON',
    );
  }
  const isNumber = findNodeAtLocation(tree, path)?.type === 'number';
  return Buffer.from(applyEdits(text, modify(text, path, isNumber ? Number(value) : value, {})));
}
