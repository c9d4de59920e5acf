import { invalidTypeArgument, requireArguments, type Options } from '../arguments';

/** The name that `toString()` answers, and the plain state as `toJSON()`; methods and hidden state stay out of it. */
export function describe(target: object, name: string): void {
  const value = (make: () => unknown): PropertyDescriptor => ({ value: make, configurable: true });
  Object.defineProperty(
    target,
    'toString',
    value(() => name),
  );
  Object.defineProperty(
    target,
    'toJSON',
    value(() => Object.fromEntries(Object.entries(target).filter(([, each]) => typeof each !== 'function'))),
  );
}

export interface Button {
  label: string;
  isDisabled: boolean;
  isHidden: boolean;
}

/** serverWidget.Button (page section_4311863370). */
export function createButton(method: string, options: Options): Button {
  requireArguments(method, options, ['id', 'label']);
  return plainButton(String(options.label));
}

export function plainButton(label: string): Button {
  const button = { label, isDisabled: false, isHidden: false };
  describe(button, 'serverWidget.Button');
  return button;
}

/** serverWidget.Tab (page section_4337888386). */
export function createTab(method: string, options: Options): object {
  requireArguments(method, options, ['id', 'label']);
  const tab = { label: String(options.label), helpText: '' };
  describe(tab, 'serverWidget.Tab');
  return tab;
}

/** serverWidget.FieldGroup (page section_4337880188). */
export function createFieldGroup(method: string, options: Options): object {
  requireArguments(method, options, ['id', 'label']);
  const group = {
    label: String(options.label),
    isCollapsible: false,
    isCollapsed: false,
    isBorderHidden: false,
    isSingleColumn: false,
  };
  describe(group, 'serverWidget.FieldGroup');
  return group;
}

/** Parts of a page under the ids that a script gave them, in the order of the page. */
export class Shelf<T> {
  private readonly items = new Map<string, T>();

  add(id: unknown, item: T): T {
    this.items.set(String(id), item);
    return item;
  }

  get(id: unknown): T | null {
    return this.items.get(String(id)) ?? null;
  }

  remove(id: unknown): void {
    this.items.delete(String(id));
  }

  /** Puts an item in front of (or behind) another one; one that is not on the page yet joins it. */
  move(id: string, item: T, next: unknown, isBefore: boolean): void {
    if (!this.items.has(String(next))) throw invalidTypeArgument(String(next));
    const rest = [...this.items].filter(([key]) => key !== id);
    const at = rest.findIndex(([key]) => key === String(next)) + (isBefore ? 0 : 1);
    rest.splice(at, 0, [id, item]);
    this.items.clear();
    for (const [key, each] of rest) this.items.set(key, each);
  }

  ids(): string[] {
    return [...this.items.keys()];
  }

  all(): T[] {
    return [...this.items.values()];
  }
}
