/** Plain lines, for logs and pipes. */
import type { Happening } from '../samples/play.ts';
import type { Holdings } from '../sandboxes/running-sandbox.ts';
import type { Summary, View } from './view.ts';

const nameWidth = 20;

export function linesView(): View {
  return {
    say: (line) => console.log(line),
    show: (happening) => console.log(describe(happening)),
    tell: ({ time, detailType, detail }) =>
      console.log(`${time.slice(11, 23)}  ${'(event)'.padEnd(nameWidth)} ${detailType}: ${identify(detail)}`),
    summarize: (summary) => console.log(`\n${sentence(summary)}`),
    compare: (holdings) => console.log(`\n${holdingLines(holdings)}`),
  };
}

function identify(detail: unknown): string {
  const { id, sequence } = detail as { id?: string; sequence?: number };
  return `${id}, sequence ${sequence}`;
}

function describe(happening: Happening): string {
  const name = happening.sample.padEnd(nameWidth);
  switch (happening.what) {
    case 'status':
      return `${happening.at.slice(11, 23)}  ${name} ${happening.status.padEnd(12)} ${happening.note ?? ''}`.trimEnd();
    case 'refused':
      return `${' '.repeat(12)}  ${name} refused      ${happening.httpStatus} ${happening.code}: ${happening.note}`;
    case 'mapped':
    case 'ignored':
      return `${' '.repeat(12)}  ${name} ${happening.what.padEnd(12)} ${happening.note}`;
    case 'replayed':
      return `${' '.repeat(12)}  ${name} replayed     ${happening.note}`;
    case 'unexpected':
      return `${' '.repeat(12)}  ${name} UNEXPECTED   ${happening.note}`;
  }
}

/** The summary in words, what is zero left out. */
export function sentence(summary: Summary): string {
  const parts = Object.entries(summary).filter(([, count]) => count > 0);
  return `${parts.map(([what, count]) => `${count} ${what}`).join(', ')}.`;
}

/** A line for each account. */
export function holdingLines(holdings: ReadonlyMap<string, Holdings>): string {
  return [...holdings].map(([account, holding]) => `${account.padEnd(9)} ${inWords(holding)}`).join('\n');
}

function inWords({ held, revoked, discarded }: Holdings): string {
  const dropped = discarded.map(({ holder, why }) => `${holder} discarded one silently (${why})`);
  return [`holders have ${held}`, ...(revoked > 0 ? [`${revoked} replaced or revoked`] : []), ...dropped].join('; ');
}
