/** Figures that a test found: `npm run faults` prints them. */
import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    figures?: string[];
  }
}

export function figure({ task }: Pick<TestContext, 'task'>, text: string): void {
  task.meta.figures = [...(task.meta.figures ?? []), text];
}
