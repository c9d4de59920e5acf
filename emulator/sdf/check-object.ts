import { schema, structOf, type FieldRule, type StructRule } from './schema';
import { valueFault } from './check-value';
import { child, value, type Finding, type SdfObject, type XmlNode } from './types';

/** Checks one object file against the schema of its type, and the rules that NetSuite states in prose. */
export function checkObject(object: SdfObject): Finding[] {
  const rules = structOf(object.root.tag);
  if (!rules)
    return [
      { type: 'ERROR', message: `The object type "${object.root.tag}" is not supported.`, component: object.component },
    ];
  const check = new Check(object);
  check.node(object.root, rules, undefined);
  check.fileName();
  check.deployments();
  check.permissions(object.root);
  return check.findings;
}

class Check {
  readonly findings: Finding[] = [];
  private readonly object: SdfObject;
  private readonly declared: Set<string>;

  constructor(object: SdfObject) {
    this.object = object;
    this.declared = new Set(
      descendants(object.root, ['scriptcustomfield', 'customrecordcustomfield']).map((n) => n.attrs.scriptid ?? ''),
    );
  }

  private add(message: string, type: Finding['type'] = 'ERROR'): void {
    this.findings.push({ type, message, component: this.object.component });
  }

  /** "The object field x …" for the object's own fields, "The x field for the (y) subrecord …" further down. */
  private fault(field: string, owner: string | undefined, rest: string): void {
    this.add(
      owner === undefined
        ? `The object field ${field} ${rest}`
        : `The ${field} field for the (${owner}) subrecord ${rest}`,
    );
  }

  node(node: XmlNode, rules: StructRule, owner: string | undefined): void {
    const seen = new Set<string>();
    for (const [name, text] of Object.entries(node.attrs)) {
      const rule = rules[name];
      if (rule?.attr) this.scalar(name, rule, text, owner);
      else this.unknown(name, owner);
    }
    for (const item of node.children) this.element(node, item, rules, owner, seen);
    for (const [name, rule] of Object.entries(rules)) this.presence(node, name, rule, owner);
  }

  private element(node: XmlNode, item: XmlNode, rules: StructRule, owner: string | undefined, seen: Set<string>): void {
    const rule = rules[item.tag];
    if (!rule || rule.attr) {
      if (!this.valueOfDeclared(node, item)) this.unknown(item.tag, owner);
      return;
    }
    if (seen.has(item.tag) && !rule.list) this.fault(item.tag, owner, 'must not appear more than once.');
    seen.add(item.tag);
    if (rule.kind === 'struct')
      this.node(item, schema.structs[rule.struct ?? -1] ?? {}, item.attrs.scriptid ?? item.tag);
    else this.scalar(item.tag, rule, item.text, owner);
  }

  /** A deployment's value of a script parameter, or an instance's value of a custom record field. */
  private valueOfDeclared(node: XmlNode, item: XmlNode): boolean {
    if (node.tag === 'role') return item.tag.startsWith('custrecord');
    return (
      ['scriptdeployment', 'instance'].includes(node.tag) &&
      /^cust(script|record)/.test(item.tag) &&
      this.declared.has(item.tag)
    );
  }

  private unknown(name: string, owner: string | undefined): void {
    this.add(
      owner === undefined
        ? `The ${name} object field is invalid or not supported and will be ignored.`
        : `The ${name} field for the (${owner}) subrecord is invalid or not supported and will be ignored.`,
      'WARNING',
    );
  }

  private scalar(name: string, rule: FieldRule, text: string, owner: string | undefined): void {
    if (text === '[ACCOUNT_SPECIFIC_VALUE]')
      return this.fault(
        name,
        owner,
        'contains an account-specific value. Specify a value, or deploy with --accountspecificvalues WARNING.',
      );
    const fault = valueFault(rule, text);
    if (fault !== undefined) this.fault(name, owner, fault);
  }

  private presence(node: XmlNode, name: string, rule: FieldRule, owner: string | undefined): void {
    const present = rule.attr ? node.attrs[name] : rule.kind === 'struct' ? child(node, name) : child(node, name)?.text;
    const missing =
      owner === undefined
        ? `The object field ${name} is missing.`
        : `The ${name} field is missing for the (${owner}) subrecord.`;
    if (rule.required && present === undefined)
      return this.add(rule.kind === 'struct' ? `The ${name} field group is required.` : missing);
    if (present) return;
    for (const [other, values] of rule.mandatoryWhen ?? []) {
      const current = value(node, other);
      if (current !== undefined && values.includes(current)) return this.add(missing);
    }
  }

  fileName(): void {
    const file = this.object.component
      .split('/')
      .pop()
      ?.replace(/\.xml$/, '');
    if (this.object.scriptId && file !== this.object.scriptId && this.object.root.tag !== 'advancedpdftemplate') {
      this.add(`The script ID ${this.object.scriptId} must match the XML filename ${file}.xml.`);
    }
  }

  deployments(): void {
    const kind = this.object.root.tag;
    const scheduled = kind === 'scheduledscript' || kind === 'mapreducescript';
    for (const deployment of descendants(this.object.root, ['scriptdeployment'])) {
      const id = deployment.attrs.scriptid ?? 'scriptdeployment';
      const recurrences = child(deployment, 'recurrence')?.children ?? [];
      const status = value(deployment, 'status');
      if (recurrences.length > 1) this.fault('recurrence', id, 'must contain only one recurrence type.');
      if (scheduled && status === 'SCHEDULED' && recurrences.length === 0)
        this.fault('recurrence', id, 'is required when the status is SCHEDULED.');
      if (scheduled ? status === 'RELEASED' : status !== undefined && !['RELEASED', 'TESTING'].includes(status))
        this.fault('status', id, `must not be ${status}.`);
    }
  }

  /** Wording as in oracle/netsuite-suitecloud-sdk issue 183. */
  permissions(root: XmlNode): void {
    for (const permission of descendants(root, ['permission'])) {
      const key = value(permission, 'permkey');
      if (key === undefined || key.startsWith('[')) continue;
      const levels = schema.permissions[key];
      const level = value(permission, 'permlevel');
      if (!levels) this.add(`Invalid permkey reference key ${key}.`);
      else if (level && levels.length > 0 && !levels.includes(level))
        this.add(`Invalid permlevel reference key ${level} for permkey ${key}.`);
    }
  }
}

/** All elements below (and including) `node` whose tag is one of `tags`. */
export function descendants(node: XmlNode, tags: string[]): XmlNode[] {
  const own = tags.includes(node.tag) ? [node] : [];
  return [...own, ...node.children.flatMap((c) => descendants(c, tags))];
}
