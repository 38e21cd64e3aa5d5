import { OPERATORS, type Condition, type ConditionGroup, type Operator, type Rule } from '../../types';
import { fieldOf, type Field } from '../fields';
import { OPERATORS_OF } from './operators';
import { compilePattern, MAX_PATTERN } from './pattern';
import { hasErrors, isVisibleText, problem, warning, type Checked, type Problem } from './problems';

/** As much as a set may hold: enough for any shop, and still gone through in no time. */
export const MAX_RULES = 200;
export const MAX_NAME = 100;
export const MAX_CONDITIONS = 50;
export const MAX_DEPTH = 5;
export const MAX_VALUE = 500;

/** What there is for rules to name. */
export interface RuleSurroundings {
  /** Names of lists; undefined where they are not looked into. */
  readonly lists?: ReadonlySet<string>;
  /** To warn of rules that have expired. */
  readonly now?: number;
}

const ACTIONS: readonly unknown[] = ['allow', 'review', 'block', null];
const ID = /^[\w-]{1,64}$/;

/** The rules in their proper form, or all that is wrong with them. Reads anything. */
export function parseRules(input: unknown, surroundings: RuleSurroundings = {}): Checked<readonly Rule[]> {
  if (!Array.isArray(input)) return { problems: [problem('rules', 'malformed')] };
  if (input.length > MAX_RULES) return { problems: [problem('rules', 'too-many-rules', { max: MAX_RULES })] };
  const ids = new Map<unknown, number>();
  const results = input.map((rule: unknown, index) => {
    const path = `rules.${index}`;
    const result = parseRule(rule, path, surroundings);
    if (!isRecord(rule)) return result;
    const earlier = ids.get(rule.id);
    ids.set(rule.id, index);
    const twice =
      earlier === undefined ? [] : [problem(`${path}.id`, 'duplicate-id', { id: String(rule.id) })];
    return { ...result, problems: [...result.problems, ...twice] };
  });
  const problems = results.flatMap(result => result.problems);
  if (hasErrors(problems)) return { problems };
  return { value: results.flatMap(result => ('value' in result ? [result.value] : [])), problems };
}

function parseRule(input: unknown, path: string, surroundings: RuleSurroundings): Checked<Rule> {
  if (!isRecord(input)) return { problems: [problem(path, 'malformed')] };
  const { id, name, enabled, shadow, weight } = input;
  const action = input.action ?? null;
  const expiresAt = timeOf(input.expiresAt);
  const problems: Problem[] = [];
  const check = (field: string, valid: boolean, code: string, variables: Problem['variables'] = {}) => {
    if (!valid) problems.push(problem(`${path}.${field}`, code, variables));
  };
  check('id', typeof id === 'string' && ID.test(id), 'rule-id');
  check('name', isVisibleText(name, MAX_NAME) && name.trim() !== '', 'rule-name', { max: MAX_NAME });
  check('enabled', typeof enabled === 'boolean', 'malformed');
  check('shadow', typeof shadow === 'boolean', 'malformed');
  check('weight', isNumber(weight) && weight >= 0 && weight <= 100, 'weight');
  check('action', ACTIONS.includes(action), 'malformed');
  check('expiresAt', expiresAt !== undefined, 'malformed');
  const count = { conditions: 0 };
  problems.push(...groupProblems(input.when, `${path}.when`, surroundings, 1, count));
  if (count.conditions > MAX_CONDITIONS) {
    problems.push(problem(`${path}.when`, 'too-many-conditions', { max: MAX_CONDITIONS }));
  }
  if (hasErrors(problems)) return { problems };
  const rule: Rule = {
    id: id as string,
    name: (name as string).trim(),
    enabled: enabled as boolean,
    shadow: shadow as boolean,
    expiresAt: expiresAt ?? null,
    when: groupOf(input.when as ConditionGroup),
    weight: weight as number,
    action: action as Rule['action'],
  };
  return { value: rule, problems: [...problems, ...oddities(rule, path, surroundings)] };
}

/** What may be meant, and is hardly. */
function oddities(rule: Rule, path: string, { now }: RuleSurroundings): Problem[] {
  const found: Problem[] = [];
  if (now !== undefined && rule.enabled && rule.expiresAt !== null && rule.expiresAt <= now) {
    found.push(warning(`${path}.expiresAt`, 'expired'));
  }
  if (rule.weight === 0 && rule.action === null) found.push(warning(`${path}.weight`, 'without-effect'));
  return found;
}

function groupProblems(
  input: unknown,
  path: string,
  surroundings: RuleSurroundings,
  depth: number,
  count: { conditions: number },
): Problem[] {
  if (!isRecord(input)) return [problem(path, 'malformed')];
  if (depth > MAX_DEPTH) return [problem(path, 'too-deep', { max: MAX_DEPTH })];
  const { match, members } = input;
  const problems: Problem[] = [];
  if (match !== 'all' && match !== 'any') problems.push(problem(`${path}.match`, 'match'));
  if (!Array.isArray(members)) return [...problems, problem(`${path}.members`, 'malformed')];
  if (members.length === 0) return [...problems, problem(`${path}.members`, 'empty-group')];
  members.forEach((member: unknown, index) => {
    const place = `${path}.members.${index}`;
    // Beyond the limit, nothing more has to be looked at.
    if (count.conditions > MAX_CONDITIONS) return;
    if (isRecord(member) && 'members' in member) {
      problems.push(...groupProblems(member, place, surroundings, depth + 1, count));
    } else {
      count.conditions += 1;
      problems.push(...conditionProblems(member, place, surroundings));
    }
  });
  return problems;
}

function conditionProblems(input: unknown, path: string, surroundings: RuleSurroundings): Problem[] {
  if (!isRecord(input)) return [problem(path, 'malformed')];
  const { field: name, operator, value } = input;
  const field = typeof name === 'string' ? fieldOf(name) : undefined;
  if (field === undefined) {
    return [problem(`${path}.field`, 'unknown-field', { field: shown(name) })];
  }
  if (!isOperator(operator)) {
    return [problem(`${path}.operator`, 'unknown-operator', { known: OPERATORS.join(', ') })];
  }
  const fitting = OPERATORS_OF[field.type];
  if (!fitting.includes(operator)) {
    const variables = { operator, type: field.type, known: fitting.join(', ') };
    return [problem(`${path}.operator`, 'operator-does-not-fit', variables)];
  }
  return valueProblems(field, operator, value, `${path}.value`, surroundings);
}

function valueProblems(
  field: Field,
  operator: Operator,
  value: unknown,
  path: string,
  { lists }: RuleSurroundings,
): Problem[] {
  switch (operator) {
    case 'exists':
      return typeof value === 'boolean' ? [] : [problem(path, 'value-boolean')];
    case 'greater_than':
    case 'less_than':
      return numberProblems(field, value, path);
    case 'between':
      return betweenProblems(field, value, path);
    case 'equals':
    case 'not_equals':
      if (field.type === 'number') return numberProblems(field, value, path);
      if (field.type === 'boolean') {
        return typeof value === 'boolean' ? [] : [problem(path, 'value-boolean')];
      }
      return textProblems(value, path);
    case 'contains':
      return textProblems(value, path);
    case 'in_list':
      if (typeof value !== 'string') return [problem(path, 'unknown-list', { list: shown(value) })];
      return lists === undefined || lists.has(value)
        ? []
        : [problem(path, 'unknown-list', { list: shown(value) })];
    case 'matches':
      return patternProblems(value, path);
    default:
      return unknownOperator(operator);
  }
}

function unknownOperator(operator: never): never {
  throw new Error(`unknown operator ${String(operator)}`);
}

/** What is never below 0: a condition that says so is a mistake. Degrees are, and so may be nothing else here. */
function numberProblems(field: Field, value: unknown, path: string): Problem[] {
  if (!isNumber(value)) return [problem(path, 'value-number')];
  return value < 0 && !mayBeNegative(field) ? [problem(path, 'value-negative', { field: field.name })] : [];
}

function mayBeNegative({ name }: Field): boolean {
  return name.endsWith('latitude') || name.endsWith('longitude');
}

function betweenProblems(field: Field, value: unknown, path: string): Problem[] {
  if (!Array.isArray(value) || value.length !== 2) return [problem(path, 'value-range')];
  const problems = value.flatMap((end: unknown, index) => numberProblems(field, end, `${path}.${index}`));
  if (problems.length > 0) return problems;
  const [low, high] = value as [number, number];
  return low > high ? [problem(path, 'range-backwards', { low, high })] : [];
}

function textProblems(value: unknown, path: string): Problem[] {
  if (typeof value !== 'string' || value.trim() === '') return [problem(path, 'value-text')];
  return isVisibleText(value, MAX_VALUE) ? [] : [problem(path, 'value-too-long', { max: MAX_VALUE })];
}

function patternProblems(value: unknown, path: string): Problem[] {
  if (typeof value !== 'string' || value === '') return [problem(path, 'value-text')];
  // PostgreSQL's JSON has no zero character.
  if (value.includes('\u0000')) return [problem(path, 'pattern-malformed')];
  const pattern = compilePattern(value);
  return 'problem' in pattern ? [problem(path, `pattern-${pattern.problem}`, { max: MAX_PATTERN })] : [];
}

/** Without anything that does not belong there. */
function groupOf({ match, members }: ConditionGroup): ConditionGroup {
  return {
    match,
    members: members.map(member => ('members' in member ? groupOf(member) : conditionOf(member))),
  };
}

function conditionOf({ field, operator, value }: Condition): Condition {
  return { field, operator, value };
}

/** @returns undefined for what is no time; null for no end */
function timeOf(value: unknown): number | null | undefined {
  if (value === null || value === undefined) return null;
  const time = value instanceof Date ? value.getTime() : value;
  return typeof time === 'number' && Number.isFinite(time) ? time : undefined;
}

function isOperator(value: unknown): value is Operator {
  return OPERATORS.includes(value as Operator);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 100);
}

/** Names of all lists that the rules look into. */
export function listsNamedBy({ members }: ConditionGroup): string[] {
  return members.flatMap(member =>
    'members' in member ? listsNamedBy(member) : member.operator === 'in_list' ? [String(member.value)] : [],
  );
}

/** Names of all fields that the rules ask for. */
export function fieldsNamedBy({ members }: ConditionGroup): string[] {
  return members.flatMap(member => ('members' in member ? fieldsNamedBy(member) : [member.field]));
}
