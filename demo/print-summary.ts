import type { Difference } from './check-records';
import type { BadOutcome, Summary } from './summarise';

const line = (label: string, value: string): string => `  ${label.padEnd(28)}${value}`;

/** The outcome for people. */
export function summaryText(summary: Summary, bad: readonly BadOutcome[], differences: readonly Difference[]): string {
  const perRecord = Object.entries(summary.unitsPerRecord).map(([type, units]) => `${type} ${units}`);
  const rows = [
    line('records sent', String(summary.sent)),
    line('created', String(summary.created)),
    ...(summary.resumed > 0
      ? [line('created from what was left', `${summary.resumed}, sent by an earlier run that did not end`)]
      : []),
    line('updated', String(summary.updated)),
    line('unchanged', String(summary.unchanged)),
    line('deferred and resumed', String(summary.deferred)),
    line('in review / dead', `${summary.review} / ${summary.dead}`),
    line('NetSuite calls', `${summary.calls}, ${summary.recordsPerCall} records a call`),
    line('units', `${summary.units}${perRecord.length > 0 ? `; per written record: ${perRecord.join(', ')}` : ''}`),
    line('peak concurrency', `${summary.peak} of ${summary.limit}`),
    line('over a limit', `${summary.limitErrors} times`),
    line('changes back in the CRM', String(summary.eventsBack)),
    line('time', `${summary.seconds} s`),
  ];
  const refused = bad.map(
    ({ kind, state, code, message, right }) =>
      `  ${right ? '✓' : '✗'} ${kind.padEnd(34)}${state.padEnd(8)}${code.padEnd(26)}${message.slice(0, 110)}`,
  );
  const wrong = differences
    .slice(0, 20)
    .map(
      ({ externalId, field, expected, found }) =>
        `  ✗ ${externalId} ${field}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`,
    );
  return [
    '',
    summary.ok
      ? 'Every good record is right in NetSuite, field by field.'
      : `${summary.wrong} records are wrong or missing.`,
    ...rows,
    '',
    'Records that must not go through, each with its reason:',
    ...refused,
    ...(wrong.length > 0 ? ['', 'What is wrong:', ...wrong] : []),
    '',
  ].join('\n');
}
