/**
 * The words that all parts of fraud scoring use. The engine (`engine/`) is pure: the server, the backtest and
 * `npm run fraud:stream` drive the same code, each with a `HistoryStore` of its own.
 *
 * Amounts are in main units of the shop's base currency (the limits of the rules are written so); times are
 * milliseconds since 1970, UTC.
 */

// ---- What is scored ------------------------------------------------------------------------------------------------

/** Whom or what attempts are counted by. */
export const ENTITY_KINDS = [
  'customer',
  'email',
  'ip',
  /** The /24 of an IPv4 address, the /48 of an IPv6 address. */
  'network',
  'device',
  /** The provider's fingerprint of the card: known once a payment is authorized. */
  'card',
  /** The shipping address, normalized. */
  'address',
  /** Who sells: for marketplaces and for the stream. The shop itself counts nothing by it. */
  'merchant',
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Spans that end at the moment of scoring (that moment excluded), in milliseconds. */
export const WINDOWS = {
  '1h': 3_600_000,
  '6h': 6 * 3_600_000,
  '24h': 24 * 3_600_000,
  '7d': 7 * 24 * 3_600_000,
  '30d': 30 * 24 * 3_600_000,
} as const;
export type WindowName = keyof typeof WINDOWS;

/** A signal. What is not known is not in the record at all: there is no default that looks real. */
export type SignalValue = string | number | boolean;

/** Signals by the name of their field (`order.amount`, `email.domain`, `ip.country`): see `engine/fields.ts`. */
export type Signals = Readonly<Record<string, SignalValue>>;

/** An attempt to pay, as the engine sees it. */
export interface Transaction {
  /** Of the attempt to pay: a repetition of the same attempt has the same one. */
  readonly id: string;
  readonly at: number;
  /** Main units of the base currency; null where it is not known (no rate for the currency). */
  readonly amount: number | null;
  /** What it is counted by. A kind that is not known is left out. */
  readonly keys: Readonly<Partial<Record<EntityKind, string>>>;
  readonly signals: Signals;
}

// ---- What was before -----------------------------------------------------------------------------------------------

/** Attempts of one entity within one window. */
export interface WindowCounts {
  readonly attempts: number;
  /** Declined by the provider or the bank, or blocked. */
  readonly failures: number;
  /** Attempts whose money was reserved or taken. */
  readonly orders: number;
  /** Of all attempts. */
  readonly amount: number;
  /** How many different ones of another kind were seen together with it. */
  readonly distinct: Readonly<Partial<Record<EntityKind, number>>>;
}

/** What was known, at the moment of scoring, to have become of an entity's (or value's) earlier attempts. */
export interface KnownOutcomes {
  readonly good: number;
  readonly bad: number;
}

export interface EntityHistory {
  readonly windows: Readonly<Record<WindowName, WindowCounts>>;
  /** All that is kept of it, not only of the last 30 days. */
  readonly attempts: number;
  readonly amount: number;
  /** For the spread of its amounts. */
  readonly amountSquares: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly lastAmount: number | null;
  readonly highestAmount: number | null;
  /** In the last 7 days. */
  readonly highestAmountOfWeek: number | null;
  /** When the newest attempt was made that was known to be good: nobody has complained of what was until then. */
  readonly lastGoodAt: number | null;
  /** When the first and the last attempt were made that were known to be fraud. */
  readonly firstBadAt: number | null;
  readonly lastBadAt: number | null;
  /** Where the last attempt was made (degrees), where that is known. */
  readonly lastLocation?: { readonly latitude: number; readonly longitude: number };
  /**
   * By when they became known, which must be before the moment of scoring. (By when the attempts were made, the short
   * windows would be empty wherever it takes weeks until an outcome is known.)
   */
  readonly outcomes: Readonly<Record<'7d' | '30d' | 'all', KnownOutcomes>>;
}

/** A value of a categorical signal, such as an e-mail domain: running totals. */
export interface CategoryHistory extends KnownOutcomes {
  readonly attempts: number;
}

export interface HistoryQuery {
  readonly transaction: Transaction;
  /** Which signals are looked up as categories. */
  readonly categories: readonly string[];
}

export interface History {
  readonly entities: Readonly<Partial<Record<EntityKind, EntityHistory>>>;
  readonly categories: Readonly<Record<string, CategoryHistory>>;
  /** Whether the customer has paid an order with this device before that did not turn out to be fraud; missing without both keys. */
  readonly deviceKnown?: boolean;
}

/** Port: what earlier attempts there were. Never counts the transaction itself, nor an attempt after it. */
export interface HistoryStore {
  /** All of it in one round trip. */
  read(query: HistoryQuery): Promise<History>;
}

// ---- Scores --------------------------------------------------------------------------------------------------------

export const PARTS = ['rules', 'velocity', 'device', 'model'] as const;
export type Part = (typeof PARTS)[number];

/** Why a part gave points, for staff. */
export interface Reason {
  /** Stable: `velocity.failures_6h`, `device.unknown`, `rule:<id>`, `model:<feature>`. */
  readonly code: string;
  /** Points on the part's own 0-100. */
  readonly points: number;
  /** What it was about, for the text: `{ count: 12 }`. */
  readonly facts: Readonly<Record<string, SignalValue>>;
}

export interface PartScore {
  readonly part: Part;
  /** 0-100; null when it could not be told (then `missing` says why). */
  readonly score: number | null;
  readonly reasons: readonly Reason[];
  /** Such as `no model yet`, `timed out`. */
  readonly missing?: string;
}

/** A part with what it counted for. */
export interface WeighedPart extends PartScore {
  /** 0-1: see `FraudSettings.partWeights`. */
  readonly weight: number;
}

/** What a part, and within it a reason, adds to the score. In ten-thousandths of a point: whole numbers add up exactly. */
export interface Contribution {
  readonly part: Part;
  readonly code: string;
  readonly units: number;
  readonly facts: Readonly<Record<string, SignalValue>>;
}

export const UNITS_PER_POINT = 10_000;

export type Recommendation = 'approve' | 'review' | 'decline';

/** What overrode the score's own recommendation, and whose doing it was. */
export interface Override {
  readonly kind:
    'block_rule' | 'review_rule' | 'allow_rule' | 'block_list' | 'allow_list' | 'ceiling' | 'fail_limit';
  /** The rule's or list's id. */
  readonly source: string;
}

export interface Assessment {
  /** 0-1,000,000: ten-thousandths of a point. */
  readonly units: number;
  readonly parts: readonly WeighedPart[];
  /** Their units add up exactly to `units`. */
  readonly contributions: readonly Contribution[];
  readonly recommendation: Recommendation;
  /** The first one that counted; null where the score decided. */
  readonly override: Override | null;
  /** All rules that held, shadow rules too. */
  readonly rules: readonly RuleHit[];
  /** The model's features, by name: NaN-free; what is missing is left out. */
  readonly features: Readonly<Record<string, number>>;
  /** All that rules were asked about: the transaction's signals, and those of velocity. */
  readonly signals: Signals;
}

// ---- Rules ---------------------------------------------------------------------------------------------------------

export const OPERATORS = [
  'equals',
  'not_equals',
  'greater_than',
  'less_than',
  'between',
  'contains',
  'in_list',
  'matches',
  'exists',
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  /** `between`: two numbers, both included. `in_list`: the list's name. `exists`: whether it has to be there (true) or missing. */
  readonly value: SignalValue | readonly [number, number];
}

/** A group holds when all, or any, of its members do. An empty group is refused when it is written. */
export interface ConditionGroup {
  readonly match: 'all' | 'any';
  readonly members: readonly (Condition | ConditionGroup)[];
}

export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Counts its hits and never acts. */
  readonly shadow: boolean;
  /** After it the rule counts as not enabled; null without an end. */
  readonly expiresAt: number | null;
  readonly when: ConditionGroup;
  /** Points, 0-100. */
  readonly weight: number;
  /** `allow` and `block` decide by themselves; `review` has at least a review; null adds its weight only. */
  readonly action: 'allow' | 'review' | 'block' | null;
}

export interface RuleHit {
  readonly ruleId: string;
  readonly shadow: boolean;
  readonly weight: number;
  readonly action: Rule['action'];
}

/** Rules of one version, with the lists that they name. */
export interface RuleSet {
  readonly version: number;
  readonly rules: readonly Rule[];
}

/** Named lists, looked up by normalized value. */
export interface Lists {
  /** Rises with every change of any of them. */
  readonly version: number;
  /** Whether the list has the value; undefined when there is no such list. */
  has(list: string, value: string): boolean | undefined;
}

// ---- Outcomes ------------------------------------------------------------------------------------------------------

/** Where it is known from, the strongest first: a later one never replaces a stronger one. */
export const LABEL_SOURCES = ['dispute', 'staff', 'fraud_refund', 'fraud_warning', 'matured'] as const;
export type LabelSource = (typeof LABEL_SOURCES)[number];

/** What became of an attempt. */
export interface Outcome {
  readonly fraud: boolean;
  readonly source: LabelSource;
  /** When it became known: features of attempts before that moment do not see it. */
  readonly knownAt: number;
}

// ---- Model ---------------------------------------------------------------------------------------------------------

/** A trained model, loaded and ready. */
export interface ScoringModel {
  readonly version: string;
  /** Signals that its features look up as categories. */
  readonly categories: readonly string[];
  /** What the other parts count for beside it, 0-1 each, learned on the validation slice: it knows most of what they know. */
  readonly weights: Readonly<Record<Exclude<Part, 'model'>, number>>;
  /** Monotone: a higher probability never gives fewer points. */
  score(features: Readonly<Record<string, number>>): ModelScore;
}

export interface ModelScore {
  /** Calibrated: of attempts with 0.2, one in five is fraud. */
  readonly probability: number;
  /** 0-100: 30 where a review pays, 70 where a decline does. */
  readonly points: number;
  /** Features that moved it most, in points; they add up to `points`. */
  readonly reasons: readonly Reason[];
}

/** Everything that scoring needs beside the transaction and its history. */
export interface Engine {
  readonly ruleSet: RuleSet;
  readonly lists: Lists;
  /** The champion; null as long as there are too few known outcomes. */
  readonly model: ScoringModel | null;
  readonly settings: FraudSettings;
  /** 0 while nothing was saved. */
  readonly settingsVersion: number;
}

// ---- Settings ------------------------------------------------------------------------------------------------------

/** What staff set. Amounts in main units of the base currency. */
export interface FraudSettings {
  /** Whether a medium risk is asked for 3-D Secure before its authorization. */
  readonly challengeMediumRisk: boolean;
  /** What counts when nothing could be scored: below the amount the payment goes on (fail open), from it on `failClosed`. */
  readonly failOpenBelow: number;
  readonly failClosed: 'review' | 'block';
  /** Instead of what the model has learned; null takes the model's, and 1 each without a model. */
  readonly partWeights: Readonly<Record<Exclude<Part, 'model'>, number>> | null;
  /** After how many days without a bad sign a paid order counts as good. */
  readonly maturityDays: number;
  /** How long a case may wait (hours). */
  readonly reviewHours: number;
  /** Who is told of due cases: e-mail addresses and a webhook; empty and null for nobody. */
  readonly dueMails: readonly string[];
  readonly dueWebhook: string | null;
  /** Whether a challenger that is better by its figures takes over by itself. */
  readonly promoteAutomatically: boolean;
  /** How many units of the base currency one unit of another is worth; a currency without a rate has no amount to judge. */
  readonly exchangeRates: Readonly<Record<string, number>>;
}

export const DEFAULT_SETTINGS: FraudSettings = {
  challengeMediumRisk: false,
  failOpenBelow: 100,
  failClosed: 'review',
  partWeights: null,
  maturityDays: 60,
  reviewHours: 24,
  dueMails: [],
  dueWebhook: null,
  promoteAutomatically: false,
  exchangeRates: {},
};
