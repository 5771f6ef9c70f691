/** The answers of AWS services to a call that is not allowed, in the protocol of each. */
import type { Refusal } from './refusal.ts';

/** An HTTP answer. */
export interface Denial {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replaceAll(/[&<>]/g, (found) => escapes[found] ?? '');

/** DynamoDB's answer (AWS JSON 1.0). */
export function dynamodbDenial({ message }: Refusal): Denial {
  const body = JSON.stringify({ __type: 'com.amazon.coral.service#AccessDeniedException', Message: message });
  return { status: 400, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
}

/** SQS's answer (AWS JSON 1.0, with the code of the older query protocol in a header). */
export function sqsDenial({ action, message }: Refusal): Denial {
  const code = action.startsWith('kms:') ? 'KmsAccessDenied' : 'AccessDeniedException';
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-query-error': `${code === 'KmsAccessDenied' ? 'KMS.AccessDeniedException' : 'AccessDenied'};Sender`,
  };
  return { status: 403, headers, body: JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }) };
}

/** S3's answer (XML). */
export function s3Denial({ message }: Refusal): Denial {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>${escaped(message)}</Message></Error>`;
  return { status: 403, headers: { 'content-type': 'application/xml' }, body };
}

/** CloudFront's answer (XML). */
export function cloudfrontDenial({ message }: Refusal): Denial {
  const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${escaped(message)}</Message></Error>`;
  const body = `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">${error}</ErrorResponse>`;
  return { status: 403, headers: { 'content-type': 'text/xml' }, body };
}

/** The answer of the services with JSON: 400, or 403 for those with paths, such as Lambda. */
export function jsonDenial({ message }: Refusal, status: 400 | 403): Denial {
  const name = 'AccessDeniedException';
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': name };
  return { status, headers, body: JSON.stringify({ __type: name, message, Message: message }) };
}
