/** What a provider sandbox is made of: named operations that turn a request into a reply. */
import type { IncomingHttpHeaders } from 'node:http';

/** A request whose body has been read; `oversized` means that it was longer than the limit and is not here. */
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

/** An answer: `json` is serialised, `text` goes out as it is and wants its own content-type. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One thing the provider can do; faults address it by `name`. `path` may hold `:parameters`, one per segment. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  handle(request: SandboxRequest): Promise<Reply> | Reply;
}

/** Builds the provider's own error body. */
export type ErrorReply = (status: number, message: string) => Reply;
