import type { Condition, Group, Operator, Rule, RuleAction } from './rules.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export const OPERATORS: Record<Operator, string> = {
  equals: 'is',
  not_equals: 'is not',
  greater_than: 'is above',
  less_than: 'is below',
  between: 'is between',
  contains: 'contains',
  in_list: 'is in the list',
  matches: 'matches',
  exists: 'is there',
};

export const ACTIONS: Record<RuleAction | '', string> = {
  '': 'Only adds its weight',
  allow: 'Approves',
  review: 'Sends to review',
  block: 'Declines',
};

export function conditionText({ field, operator, value }: Condition): string {
  if (operator === 'exists') return `${field} is ${value === false ? 'missing' : 'there'}`;
  if (Array.isArray(value)) return `${field} is between ${value[0]} and ${value[1]}`;
  const said = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
  return `${field} ${OPERATORS[operator]} ${operator === 'matches' ? `/${said}/` : said}`;
}

/** What a rule asks for, in one line. */
export function groupText({ match, members }: Group): string {
  const texts = members.map(member => {
    if (!('members' in member)) return conditionText(member);
    return member.members.length === 1 ? groupText(member) : `(${groupText(member)})`;
  });
  return texts.join(match === 'all' ? ' and ' : ' or ');
}

/** Whether a rule acts, and why not. */
export function ruleState(
  { enabled, shadow, expiresAt }: Pick<Rule, 'enabled' | 'shadow' | 'expiresAt'>,
  now: number,
): { tone: Tone; text: string } {
  if (!enabled) return { tone: 'neutral', text: 'Off' };
  if (expiresAt !== null && new Date(expiresAt).getTime() <= now) return { tone: 'warning', text: 'Expired' };
  return shadow ? { tone: 'neutral', text: 'Shadow' } : { tone: 'success', text: 'On' };
}
