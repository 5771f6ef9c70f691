/**
 * In place of the SDK's event streams: the bundler leaves out their 16 KB, because no operation that a function calls sends or
 * receives one.
 */

/** The SDK makes one when an operation has an event stream. */
export class EventStreamSerde {
  constructor() {
    throw new Error('Event streams are not bundled: see lib/aws/event-streams.ts');
  }
}

/** S3's client makes its marshaller at startup; only SelectObjectContent uses it. */
export function eventStreamSerdeProvider(): object {
  return {};
}

export function resolveEventStreamSerdeConfig<Config extends object>(config: Config): Config {
  return config;
}
