/** The actions of a request to S3. */
import type { Call } from '../calls.ts';

/** The parts of an HTTP request that name the action: paths have the form `/bucket/key`. */
export interface ObjectRequest {
  method: string;
  url: string;
  copySource: string | undefined;
}

const bucketActions: Readonly<Record<string, string>> = {
  DELETE: 's3:DeleteBucket',
  GET: 's3:ListBucket',
  HEAD: 's3:ListBucket',
  PUT: 's3:CreateBucket',
};
const objectActions: Readonly<Record<string, string>> = {
  DELETE: 's3:DeleteObject',
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  POST: 's3:PutObject',
  PUT: 's3:PutObject',
};

function objectAction(method: string, query: URLSearchParams): string | undefined {
  if (method === 'DELETE' && query.has('uploadId')) return 's3:AbortMultipartUpload';
  if (method === 'GET' && query.has('uploadId')) return 's3:ListMultipartUploadParts';
  const action = objectActions[method];
  const ofVersion = query.has('versionId') && (action === 's3:GetObject' || action === 's3:DeleteObject');
  return ofVersion ? `${action}Version` : action;
}

function bucketAction(method: string, query: URLSearchParams): string | undefined {
  if (query.has('location')) return 's3:GetBucketLocation';
  return method === 'POST' && query.has('delete') ? 's3:DeleteObject' : bucketActions[method];
}

/** Undefined for a request whose action is not known. */
export function s3Calls({ method, url, copySource }: ObjectRequest): Call[] | undefined {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const [bucket = '', ...rest] = decodeURIComponent(pathname).slice(1).split('/');
  const key = rest.join('/');
  if (bucket === '') return method === 'GET' ? [{ action: 's3:ListAllMyBuckets', resource: '*' }] : undefined;
  const action = key === '' ? bucketAction(method, searchParams) : objectAction(method, searchParams);
  if (action === undefined) return undefined;
  const object = key === '' && action === 's3:DeleteObject' ? `${bucket}/*` : key === '' ? bucket : `${bucket}/${key}`;
  const source = copySource?.replace(/^\//, '').split('?')[0];
  const read = source === undefined ? [] : [{ action: 's3:GetObject', resource: `arn:aws:s3:::${source}` }];
  return [...read, { action, resource: `arn:aws:s3:::${object}` }];
}
