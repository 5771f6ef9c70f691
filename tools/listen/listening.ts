/** The events that a source has sent, and what the current configuration makes of each; all are run again after a change. */
import type { Environment } from '../../lib/config/environment.ts';
import { ConfigurationError } from '../../lib/config/load-environment.ts';
import type { SourceSettings } from '../../lib/sources/settings.ts';
import type { Delivery } from '../../local/deliveries/delivery.ts';
import { type Explained, explainEvent } from '../try/explain-event.ts';

/** The part of an environment that determines what a source's events become. */
export interface Configured {
  environment: Environment;
  settings: SourceSettings;
}

export interface HeardEvent {
  /** Counted from 1. */
  number: number;
  delivery: Delivery;
  /** What the rules make of it. */
  now: Explained;
}

export interface RunAgain extends HeardEvent {
  /** Whether the result is another than before the change. */
  differs: boolean;
}

export interface ListenView {
  heard(event: HeardEvent): void;
  again(events: readonly RunAgain[], at: Date): void;
  /** The configuration cannot be used: the results of the last usable one stay. */
  unusable(message: string): void;
}

export interface Listening {
  hear(delivery: Delivery): Promise<void>;
  /** Reads the configuration again. */
  changed(): Promise<void>;
}

/** `load` reads the configuration and throws ConfigurationError. Calls are carried out one after the other. */
export function listening(source: string, load: () => Configured, view: ListenView): Listening {
  const events: HeardEvent[] = [];
  let configured = load();
  let last: Promise<void> = Promise.resolve();
  const inOrder = (work: () => Promise<void>) => {
    last = last.then(work);
    return last;
  };

  async function runAll(): Promise<void> {
    const again: RunAgain[] = [];
    for (const [index, event] of events.entries()) {
      const now = await explain(event.delivery);
      again.push({ ...event, now, differs: JSON.stringify(now) !== JSON.stringify(event.now) });
      events[index] = { ...event, now };
    }
    view.again(again, new Date());
  }

  function explain({ headers, body, by }: Delivery): Promise<Explained> {
    const [bytes, queue] = [Buffer.from(body, 'base64'), by === 'message'];
    return explainEvent(configured.environment, { source, settings: configured.settings, headers, body: bytes, queue });
  }

  return {
    hear: (delivery) =>
      inOrder(async () => {
        const event = { number: events.length + 1, delivery, now: await explain(delivery) };
        events.push(event);
        view.heard(event);
      }),
    changed: () =>
      inOrder(async () => {
        try {
          configured = load();
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          return view.unusable(error.message);
        }
        await runAll();
      }),
  };
}
