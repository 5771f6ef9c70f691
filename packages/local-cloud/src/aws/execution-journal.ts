/** Stores every execution and the last state it entered, so that a run can continue after a crash. */
import { DatabaseSync } from 'node:sqlite';
import { cannotOpen } from '@issue-on-behalf/files';

/** The status of an execution. */
type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** One execution; times in milliseconds, `input`, `output` and `stateInput` are JSON. */
export interface Execution {
  arn: string;
  machineArn: string;
  name: string;
  input: string;
  status: ExecutionStatus;
  startedAt: number;
  stoppedAt: number | null;
  output: string | null;
  error: string | null;
  cause: string | null;
  state: string | null;
  stateInput: string | null;
}

/** How an execution ended. */
export interface Ending {
  status: ExecutionStatus;
  output?: string;
  error?: string;
  cause?: string;
}

const schema = `
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machineArn TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL, status TEXT NOT NULL,
    startedAt INTEGER NOT NULL, stoppedAt INTEGER, output TEXT, error TEXT, cause TEXT, state TEXT, stateInput TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS by_machine ON executions (machineArn, status, startedAt);
`;

/** The journal in a SQLite file; it survives the end of the process, but not a crash of the machine. */
export class ExecutionJournal {
  readonly #file: DatabaseSync;

  constructor(path: string) {
    try {
      this.#file = new DatabaseSync(path);
      this.#file.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
      this.#file.exec(schema);
    } catch (cause) {
      throw cannotOpen(path, cause);
    }
  }

  /** Adds a running execution. */
  start(execution: Pick<Execution, 'arn' | 'machineArn' | 'name' | 'input' | 'startedAt'>): void {
    const { arn, machineArn, name, input, startedAt } = execution;
    this.#file
      .prepare(
        "INSERT INTO executions (arn, machineArn, name, input, status, startedAt) VALUES (?, ?, ?, ?, 'RUNNING', ?)",
      )
      .run(arn, machineArn, name, input, startedAt);
  }

  /** Records the state that an execution enters, with the input to enter it again. */
  enter(arn: string, state: string, stateInput: string): void {
    this.#file
      .prepare("UPDATE executions SET state = ?, stateInput = ? WHERE arn = ? AND status = 'RUNNING'")
      .run(state, stateInput, arn);
  }

  /** Ends a running execution; an execution that has ended stays unchanged. */
  end(arn: string, ending: Ending): void {
    this.#file
      .prepare(
        `UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stoppedAt = ?, stateInput = NULL
         WHERE arn = ? AND status = 'RUNNING'`,
      )
      .run(ending.status, ending.output ?? null, ending.error ?? null, ending.cause ?? null, Date.now(), arn);
  }

  /** One execution, if it exists. */
  find(arn: string): Execution | undefined {
    return this.#file.prepare('SELECT * FROM executions WHERE arn = ?').get(arn) as Execution | undefined;
  }

  /** Every execution that was running when the journal was last written. */
  running(): Execution[] {
    const rows = this.#file.prepare("SELECT * FROM executions WHERE status = 'RUNNING' ORDER BY startedAt").all();
    return rows as unknown as Execution[];
  }

  /** A page of a machine's executions, newest first. */
  list(machineArn: string, status: string | undefined, limit: number, offset: number): Execution[] {
    const rows = this.#file
      .prepare(
        `SELECT * FROM executions WHERE machineArn = ? AND (? IS NULL OR status = ?)
         ORDER BY startedAt DESC, arn LIMIT ? OFFSET ?`,
      )
      .all(machineArn, status ?? null, status ?? null, limit, offset);
    return rows as unknown as Execution[];
  }

  /** Closes the file. */
  close(): void {
    this.#file.close();
  }
}
