/** Invokes functions for the parts of the local run, each with the permission that this part has in AWS. */
import { ServiceError } from '../aws/service-error.ts';
import type { Plan } from '../template/plan.ts';
import type { MachinePlan } from '../template/plan-machines.ts';
import type { SchedulePlan } from '../template/plan-schedules.ts';
import type { Access } from './access.ts';
import type { Caller } from './callers.ts';
import { arnIn, type Call } from './calls.ts';
import type { Context } from './engine.ts';
import { invokeCall } from './requests/services.ts';

/** Invokes a function by name or ARN. */
export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

/** A call that is not allowed fails with AccessDeniedException. */
export class Invocations {
  readonly #plan: Plan;
  readonly #access: Access;
  readonly #invokes: { invoke: Invoke; seen: Invoke };

  /** The application sees what `seen` invokes. */
  constructor(plan: Plan, access: Access, invokes: { invoke: Invoke; seen: Invoke }) {
    this.#plan = plan;
    this.#access = access;
    this.#invokes = invokes;
  }

  /** API Gateway, for a route, by the function's own policy. */
  asGateway(routeKey: string, method: string): Invoke {
    const path = routeKey === '$default' ? '/$default' : routeKey.slice(routeKey.indexOf(' ') + 1);
    const api = `${this.#plan.api?.id}/$default/${routeKey === '$default' ? '*' : method}${path}`;
    const source = arnIn(this.#plan.access, 'execute-api', api);
    return this.#asService('apigateway.amazonaws.com', source, this.#invokes.seen);
  }

  /** A rule, by the function's own policy; EventBridge Scheduler, by its role. */
  asSchedule({ name, arn, roleArn }: SchedulePlan): Invoke {
    const { seen } = this.#invokes;
    if (roleArn === undefined) return this.#asService('events.amazonaws.com', arn, seen);
    return this.#as({ kind: 'role', roleArn, session: name }, {}, seen);
  }

  /** Secrets Manager, for the steps of a rotation, by the function's own policy. */
  asRotation(secretArn: string): Invoke {
    return this.#asService('secretsmanager.amazonaws.com', secretArn, this.#invokes.invoke);
  }

  /** A state machine, by its role. */
  asMachine(machine: MachinePlan): Invoke {
    return this.#as(roleOf(machine), {}, this.#invokes.invoke);
  }

  /** The start of an execution by a state machine. */
  async demandStart(machine: MachinePlan, started: string): Promise<void> {
    await this.#demand(roleOf(machine), { action: 'states:StartExecution', resource: started });
  }

  /** Whether CloudFront may read an object of the site's bucket. */
  async mayRead(bucket: string, key: string): Promise<boolean> {
    const id = this.#plan.site?.distributionId;
    const context = this.#source(`arn:aws:cloudfront::${this.#plan.access.account}:distribution/${id}`);
    const call: Call = { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}`, context };
    return !(await this.#access.refusal({ kind: 'service', name: 'cloudfront.amazonaws.com' }, [call]));
  }

  #source(arn: string): Context {
    return { 'aws:SourceArn': arn, 'aws:SourceAccount': this.#plan.access.account };
  }

  #asService(name: string, sourceArn: string, invoke: Invoke): Invoke {
    return this.#as({ kind: 'service', name }, this.#source(sourceArn), invoke);
  }

  #as(caller: Caller, context: Context, invoke: Invoke): Invoke {
    return async (functionName, event) => {
      await this.#demand(caller, { ...invokeCall(this.#plan.access, functionName), context });
      return invoke(functionName, event);
    };
  }

  async #demand(caller: Caller, call: Call): Promise<void> {
    const refusal = await this.#access.refusal(caller, [call]);
    if (refusal) throw new ServiceError('AccessDeniedException', refusal.message, 403);
  }
}

function roleOf({ roleArn, name }: MachinePlan): Caller {
  return { kind: 'role', roleArn, session: name };
}
