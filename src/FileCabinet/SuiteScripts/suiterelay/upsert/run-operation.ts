import type { Budget } from '../governance/budget';
import type { BatchOptions } from './batch-options';
import { attempt, defer, type Item } from './batch-state';
import { findTarget } from './find-target';
import { fieldNamedIn } from './explain-save-error';
import { failureIn, OperationFailure, toFailure } from './operation-failure';
import { planOperation } from './plan-operation';
import type { Prefetched } from './prefetch';
import { resolveOperation } from './resolved-operation';
import { runPlan } from './run-plan';
import type { WriteContext } from './write-context';

/** Answers false when the budget ends the batch. */
export function runOperation(
  item: Item,
  known: Prefetched,
  context: WriteContext,
  budget: Budget,
  options: BatchOptions,
): boolean {
  const before = budget.left();
  let goesOn = true;
  attempt(item, () => {
    // What a neighbour's refused save has taught is heeded before anything is paid for.
    if (Object.keys(context.taught).length > 0) resolve(item, known, context, options);
    try {
      goesOn = runResolved(item, known, context, budget, options);
    } catch (thrown) {
      const lesson = failureIn(thrown)?.lesson;
      if (lesson === undefined || context.taught[lesson.field] === lesson.length) throw withField(thrown, item);
      context.taught[lesson.field] = lesson.length;
      // Nothing was written: where the flow allows it the value is cut to what fits and the operation begins anew.
      resolve(item, known, context, options);
      goesOn = runResolved(item, known, context, budget, options);
    }
  });
  item.units = before - budget.left();
  return goesOn;
}

/** NetSuite's own refusals, of a save or of a single value, get the field that their text names. */
function withField(thrown: unknown, { resolved }: Item): unknown {
  const failure = toFailure(thrown);
  if (failure.field !== undefined || failure.errorClass !== 'data' || resolved === null) return thrown;
  const { customForm, recordType } = resolved.operation;
  if (customForm !== undefined && /\bcustomform\b/i.test(failure.message)) {
    const message = `customForm: the role is offered no form ${customForm} for ${recordType}; correct the mapping or give the role the form (NetSuite: ${failure.message})`;
    return new OperationFailure({ ...failure, message, errorClass: 'configuration', field: 'customForm' });
  }
  return new OperationFailure({ ...failure, field: fieldNamedIn(failure.message, resolved)?.label });
}

function resolve(item: Item, known: Prefetched, { taught }: WriteContext, options: BatchOptions): void {
  const operation = item.parsed.operation;
  if (operation !== null) item.resolved = resolveOperation(operation, known.book, { ...options.lengths, ...taught });
}

function runResolved(
  item: Item,
  known: Prefetched,
  context: WriteContext,
  budget: Budget,
  options: BatchOptions,
): boolean {
  const { resolved } = item;
  const operation = item.parsed.operation;
  if (resolved === null || operation === null) return true;
  // An earlier operation of this batch may have created the record.
  item.target ??= findTarget(operation, known.found);
  const from =
    operation.from === undefined
      ? null
      : { type: operation.from.recordType, id: known.book.resolve(operation.from, 'from') };
  const plan = planOperation(resolved, item.target, from, context);
  if (plan.kind === 'done') {
    item.result = { opId: operation.opId, warnings: resolved.warnings, ...plan.done };
    return true;
  }
  if (budget.refuses(plan.price) !== null) {
    defer(item);
    return false;
  }
  if (options.dryRun) {
    const warnings = [...resolved.warnings, dryRunWarning(plan.kind)];
    item.result = { opId: operation.opId, status: 'unchanged', warnings };
    return true;
  }
  budget.started();
  item.result = { opId: operation.opId, warnings: resolved.warnings, ...runPlan(plan, resolved, context) };
  return true;
}

const dryRunWarning = (kind: string) => ({ code: 'DRY_RUN', message: `dry run: would ${kind}` });
