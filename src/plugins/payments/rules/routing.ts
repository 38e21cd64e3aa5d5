import { createHash } from 'node:crypto';
import type { MethodType } from '../types';

/**
 * Which provider takes a payment: rules in the order of the table, the first one that holds. Everything here is pure.
 */

/** What a rule asks of a payment. All that is given must hold; nothing given means every payment. */
export interface RoutingConditions {
  /** ISO 4217, upper case. */
  readonly currencies?: readonly string[] | undefined;
  /** Whole minor units of `amountCurrency`; both ends belong to the range. */
  readonly minAmount?: number | undefined;
  readonly maxAmount?: number | undefined;
  /** With an amount: payments in another currency do not match. */
  readonly amountCurrency?: string | undefined;
  /** Of the billing address, ISO 3166-1 alpha-2, upper case. */
  readonly countries?: readonly string[] | undefined;
  readonly methodTypes?: readonly MethodType[] | undefined;
  /** Lower case, such as `visa`. */
  readonly cardBrands?: readonly string[] | undefined;
  /** The customer is in one of them. */
  readonly customerGroupIds?: readonly string[] | undefined;
  readonly channelIds?: readonly string[] | undefined;
}

/** A provider and its part of the payments of a rule, among the weights of all of them. */
export interface RoutingTarget {
  readonly provider: string;
  readonly weight: number;
}

export interface RoutingRule {
  /** Given once and kept: the split of an order hangs on it. */
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly when: RoutingConditions;
  readonly to: readonly RoutingTarget[];
  /** Tried in this order where the first attempt is proven not to have charged. */
  readonly failover: readonly string[];
}

export interface RoutingTable {
  /** 0 for the empty table of a shop that has saved none. */
  readonly version: number;
  readonly rules: readonly RoutingRule[];
}

/** What is known of a payment before it is made. Null is what is not known: it matches no condition that asks for it. */
export interface PaymentFacts {
  /** The same for each attempt at an order: a retry stays with the provider of the first. */
  readonly orderId: string | null;
  /** Whole minor units. */
  readonly amount: number | null;
  readonly currency: string | null;
  readonly country: string | null;
  readonly methodType: MethodType | null;
  readonly cardBrand: string | null;
  /** Empty for a guest, or a customer who is in no group. */
  readonly customerGroupIds: readonly string[] | null;
  readonly channelId: string | null;
}

/** A configured provider, as far as routing has to know it. */
export interface RoutableProvider {
  readonly code: string;
  readonly methodTypes: readonly MethodType[];
}

export interface RoutableProviders {
  /** In the order of the configuration. */
  readonly all: readonly RoutableProvider[];
  /** The code of the one that takes what no rule takes. */
  readonly first: string | undefined;
}

export const CONDITIONS = [
  'currencies',
  'amountCurrency',
  'minAmount',
  'maxAmount',
  'countries',
  'methodTypes',
  'cardBrands',
  'customerGroupIds',
  'channelIds',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** Why a rule does not take a payment. `providers`: none of its providers is configured and can do the method type. */
export type Refusal = 'disabled' | Condition | 'providers';

/** What became of one rule. */
export interface RuleReason {
  readonly ruleId: string;
  readonly ruleName: string;
  /** `shadowed`: it would have taken the payment, had no earlier rule done so. */
  readonly outcome: 'taken' | 'shadowed' | 'refused';
  /** The first thing that does not hold. */
  readonly refusedBy: Refusal | null;
  /** Whether it was refused because the payment does not say what the condition asks for. */
  readonly unknownFact: boolean;
}

export interface RoutePlan {
  /** Null where no rule took the payment. */
  readonly ruleId: string | null;
  readonly ruleName: string | null;
  readonly tableVersion: number;
  /**
   * The first choice, then those to fail over to; each one once, each one configured and able to do the method type. Empty
   * where no provider can.
   */
  readonly providers: readonly string[];
  /** What part of such payments each provider gets as the first choice; together 1. */
  readonly shares: readonly { readonly provider: string; readonly share: number }[];
  /** One for each rule, in the table's order. */
  readonly reasons: readonly RuleReason[];
}

/** Gives each key a point in [0, 1), always the same. */
export type Split = (key: string) => number;

const HASH_BYTES = 6;

/** Even, and the same on every server and after every restart. */
export const splitByHash: Split = key =>
  createHash('sha256').update(key).digest().readUIntBE(0, HASH_BYTES) / 2 ** (8 * HASH_BYTES);

export function planRoute(
  table: RoutingTable,
  facts: PaymentFacts,
  providers: RoutableProviders,
  split: Split = splitByHash,
): RoutePlan {
  const able = ableCodes(providers.all, facts.methodType);
  let taken: RoutingRule | undefined;
  const reasons = table.rules.map((rule): RuleReason => {
    const about = { ruleId: rule.id, ruleName: rule.name };
    const refusal = refusalOf(rule, facts, able);
    if (refusal !== undefined) return { ...about, outcome: 'refused', ...refusal };
    const outcome = taken === undefined ? 'taken' : 'shadowed';
    taken ??= rule;
    return { ...about, outcome, refusedBy: null, unknownFact: false };
  });
  const [choice, targets] =
    taken === undefined
      ? byDefault(providers, able)
      : byRule(taken, able, facts.orderId === null ? null : split(`${taken.id}:${facts.orderId}`));
  return {
    ruleId: taken?.id ?? null,
    ruleName: taken?.name ?? null,
    tableVersion: table.version,
    providers: choice,
    shares: sharesOf(targets),
    reasons,
  };
}

/** Whom a rule names, the first choices before those to fail over to. */
export function providersOf({ to, failover }: Pick<RoutingRule, 'to' | 'failover'>): string[] {
  return [...new Set([...to.map(({ provider }) => provider), ...failover])];
}

/** The codes of those that can do the method type; of all, where it is not known. */
export function ableCodes(
  all: readonly RoutableProvider[],
  methodType: MethodType | null,
): ReadonlySet<string> {
  const able = all.filter(({ methodTypes }) => methodType === null || methodTypes.includes(methodType));
  return new Set(able.map(({ code }) => code));
}

function refusalOf(
  rule: RoutingRule,
  facts: PaymentFacts,
  able: ReadonlySet<string>,
): Pick<RuleReason, 'refusedBy' | 'unknownFact'> | undefined {
  if (!rule.enabled) return { refusedBy: 'disabled', unknownFact: false };
  for (const condition of CONDITIONS) {
    const holds = holdsFor(rule.when, facts, condition);
    if (holds !== true) return { refusedBy: condition, unknownFact: holds === 'unknown' };
  }
  // It would lead nowhere: a later rule, or the default, may know a way.
  if (!providersOf(rule).some(code => able.has(code))) return { refusedBy: 'providers', unknownFact: false };
  return undefined;
}

function holdsFor(when: RoutingConditions, facts: PaymentFacts, condition: Condition): boolean | 'unknown' {
  switch (condition) {
    case 'currencies':
      return isOneOf(when.currencies, facts.currency);
    case 'amountCurrency':
      return isOneOf(when.amountCurrency === undefined ? undefined : [when.amountCurrency], facts.currency);
    case 'minAmount':
      return isWithin(when.minAmount, facts.amount, (bound, amount) => amount >= bound);
    case 'maxAmount':
      return isWithin(when.maxAmount, facts.amount, (bound, amount) => amount <= bound);
    case 'countries':
      return isOneOf(when.countries, facts.country);
    case 'methodTypes':
      return isOneOf(when.methodTypes, facts.methodType);
    case 'cardBrands':
      return isOneOf(when.cardBrands, facts.cardBrand);
    case 'customerGroupIds':
      if (when.customerGroupIds === undefined) return true;
      if (facts.customerGroupIds === null) return 'unknown';
      return when.customerGroupIds.some(id => facts.customerGroupIds?.includes(id));
    case 'channelIds':
      return isOneOf(when.channelIds, facts.channelId);
  }
}

function isOneOf(wanted: readonly string[] | undefined, fact: string | null): boolean | 'unknown' {
  if (wanted === undefined) return true;
  return fact === null ? 'unknown' : wanted.includes(fact);
}

function isWithin(
  bound: number | undefined,
  amount: number | null,
  holds: (bound: number, amount: number) => boolean,
): boolean | 'unknown' {
  if (bound === undefined) return true;
  return amount === null ? 'unknown' : holds(bound, amount);
}

type Choice = [providers: string[], targets: readonly RoutingTarget[]];

function byRule(rule: RoutingRule, able: ReadonlySet<string>, point: number | null): Choice {
  const targets = rule.to.filter(({ provider }) => able.has(provider));
  const first = point === null ? heaviest(targets) : targetAt(targets, point);
  const failover = rule.failover.filter(code => able.has(code));
  return [[...new Set(first === undefined ? failover : [first.provider, ...failover])], targets];
}

/** The default provider where it can; else the first of the configuration that can. */
function byDefault({ all, first }: RoutableProviders, able: ReadonlySet<string>): Choice {
  const code =
    first !== undefined && able.has(first)
      ? first
      : all.map(provider => provider.code).find(c => able.has(c));
  return code === undefined ? [[], []] : [[code], [{ provider: code, weight: 1 }]];
}

function targetAt(targets: readonly RoutingTarget[], point: number): RoutingTarget | undefined {
  let left = point * total(targets);
  return targets.find(({ weight }) => (left -= weight) < 0) ?? targets.at(-1);
}

function heaviest(targets: readonly RoutingTarget[]): RoutingTarget | undefined {
  const most = Math.max(...targets.map(({ weight }) => weight));
  return targets.find(({ weight }) => weight === most);
}

function sharesOf(targets: readonly RoutingTarget[]): RoutePlan['shares'] {
  const whole = total(targets);
  return targets.map(({ provider, weight }) => ({ provider, share: weight / whole }));
}

function total(targets: readonly RoutingTarget[]): number {
  return targets.reduce((sum, { weight }) => sum + weight, 0);
}
