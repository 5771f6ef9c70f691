/** Asks on the terminal for what the command line does not say. Without a terminal, a missing option is an error. */
import type { Readable, Writable } from 'node:stream';
import { cancel, confirm, isCancel, select, text } from '@clack/prompts';
import { CommandFailure } from '../command-line/command-failure.ts';
import { UsageError } from '../command-line/usage-error.ts';

export interface Question {
  /** The option that answers it, such as `--event <file>`. */
  option: string;
  message: string;
  /** The possible answers; without them, any text is one. */
  choices?: readonly string[];
  /** What is wrong with an answer. */
  problem?(answer: string): string | undefined;
}

export interface Questions {
  /** The answer; throws UsageError without a terminal. */
  ask(question: Question): Promise<string>;
  /** An empty answer leaves it open; always open without a terminal. */
  askOptional(question: Question): Promise<string | undefined>;
  /** Yes without a terminal: everything was said on the command line. */
  confirm(message: string): Promise<boolean>;
}

/** Where questions are asked. */
export interface Terminal {
  input: Readable;
  output: Writable;
}

export function questionsOn(terminal: Terminal | undefined): Questions {
  return terminal === undefined ? withoutTerminal : onTerminal(terminal);
}

const withoutTerminal: Questions = {
  async ask({ option }) {
    throw new UsageError(`${option} is missing, and there is no terminal on which to ask for it`);
  },
  askOptional: async () => undefined,
  confirm: async () => true,
};

function onTerminal(terminal: Terminal): Questions {
  return {
    async ask({ message, choices, problem }) {
      if (choices === undefined) {
        const validate = (answer: string | undefined) => (answer ? problem?.(answer) : 'must not be empty');
        return answered(await text({ message, validate, ...terminal }), terminal);
      }
      const options = choices.map((value) => ({ value, label: value }));
      return answered(await select({ message, options, ...terminal }), terminal);
    },
    async askOptional({ message }) {
      return answered(await text({ message, ...terminal }), terminal) || undefined;
    },
    confirm: async (message) => answered(await confirm({ message, ...terminal }), terminal),
  };
}

/** Ctrl-C ends the command. */
function answered<T>(answer: T, terminal: Terminal): Exclude<T, symbol> {
  if (!isCancel(answer)) return answer as Exclude<T, symbol>;
  cancel('Nothing was written.', terminal);
  throw new CommandFailure();
}
