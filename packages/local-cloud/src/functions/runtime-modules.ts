/** The modules that Lambda's Node.js runtimes include: bundles may omit the AWS SDK, as the CDK's NodejsFunction does by default. */
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const inTheRuntime = /^@(aws-sdk|smithy)\//;

/** Lets bundles import the SDK of the application in this folder; nothing else is found outside of a bundle. */
export function offerRuntimeModules(applicationFolder: string): void {
  const application = createRequire(join(applicationFolder, 'package.json'));
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!inTheRuntime.test(specifier)) throw error;
        return { url: pathToFileURL(application.resolve(specifier)).href, shortCircuit: true };
      }
    },
  });
}
