/** A provider that answers what it was told to, and remembers what it was asked. */
import type {
  LostJob,
  Provider,
  ProviderJob,
  Recovery,
  Standing,
  Submission,
  SubmittedJob,
} from '../../lib/issuance/provider.ts';

type Answer<Job, Result> = Result | Error | ((job: Job) => Result | Promise<Result>);

export class ScriptedProvider implements Provider {
  askingMayIssue = false;
  readonly submitted: ProviderJob[] = [];
  readonly recovered: LostJob[] = [];
  readonly checked: SubmittedJob[] = [];
  readonly #submissions: Answer<ProviderJob, Submission>[] = [];
  readonly #recoveries: Answer<LostJob, Recovery>[] = [];
  readonly #standings: Answer<SubmittedJob, Standing>[] = [];

  /** What the next calls of `submit` end in; afterwards each succeeds with a receipt of its own. */
  onSubmit(...answers: Answer<ProviderJob, Submission>[]): this {
    this.#submissions.push(...answers);
    return this;
  }

  /** What the next calls of `recover` end in; afterwards a lost call did nothing. */
  onRecover(...answers: Answer<LostJob, Recovery>[]): this {
    this.#recoveries.push(...answers);
    return this;
  }

  /** What the next calls of `check` end in; afterwards a job is pending. */
  onCheck(...answers: Answer<SubmittedJob, Standing>[]): this {
    this.#standings.push(...answers);
    return this;
  }

  submit(job: ProviderJob): Promise<Submission> {
    this.submitted.push(job);
    return play(job, this.#submissions.shift() ?? submission(`receipt-${this.submitted.length}`));
  }

  recover(job: LostJob): Promise<Recovery> {
    this.recovered.push(job);
    return play(job, this.#recoveries.shift() ?? { outcome: 'not-committed' });
  }

  check(job: SubmittedJob): Promise<Standing> {
    this.checked.push(job);
    return play(job, this.#standings.shift() ?? { state: 'pending' });
  }
}

/** A submission under this name. */
export function submission(name: string): Submission {
  return { receipt: { reference: name }, knownAs: name };
}

async function play<Job, Result>(job: Job, answer: Answer<Job, Result>): Promise<Result> {
  if (answer instanceof Error) throw answer;
  return typeof answer === 'function' ? (answer as (job: Job) => Result | Promise<Result>)(job) : answer;
}
