/**
 * The signer of requests to EventBridge and S3. The bundler uses it in place of the SDK's signer for several regions at once and
 * for directory buckets, code that a function never reaches: each of our clients has one region, and our bucket is a plain one.
 */
import { SignatureV4 } from '@smithy/signature-v4';

export { SignatureV4 as SignatureV4MultiRegion, SignatureV4 as SignatureV4SignWithCredentials };
