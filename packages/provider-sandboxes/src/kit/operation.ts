/** The operations of a provider sandbox: each has a name and turns a request into a reply. */
import type { IncomingHttpHeaders } from 'node:http';

/** A request whose body has been read; `oversized` means that it exceeded the limit and is not included. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly oversized: boolean;
  /** Adds details to this call's entry in the call log. */
  note(details: Record<string, unknown>): void;
}

/** An answer: `json` is serialised, `text` is sent unchanged and needs its own content-type. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the provider; faults refer to it by `name`. `path` may contain `:parameters`, one per segment. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  handle(request: SandboxRequest): Promise<Reply> | Reply;
}

/** Builds the provider's error body. */
export type ErrorReply = (status: number, message: string) => Reply;
