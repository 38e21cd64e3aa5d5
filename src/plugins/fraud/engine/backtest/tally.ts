import type { Recommendation, Rule, RuleHit, Override } from '../../types';

/** Minor units of the base currency. */
export interface Count {
  attempts: number;
  amount: number;
}

export interface Cell {
  then: Recommendation;
  now: Recommendation;
  all: Count;
  fraud: Count;
  good: Count;
}

export interface Figures {
  approved: Count;
  reviewed: Count;
  declined: Count;
  fraudsCaught: Count;
  fraudsMissed: Count;
  goodLost: Count;
  goodReviewed: Count;
}

export interface RuleTally {
  ruleId: string;
  name: string;
  fired: Count;
  decided: Count;
  fraud: Count;
  good: Count;
}

export interface Example {
  decisionId: string;
  orderId: string;
  at: string;
  amount: number;
  currencyCode: string;
  then: Recommendation;
  now: Recommendation;
  scoreThen: number;
  scoreNow: number;
  rules: string[];
  fraud: boolean | null;
}

export interface BacktestResult {
  cells: Cell[];
  then: Figures;
  now: Figures;
  changed: number;
  rescored: number;
  unknown: number;
  rules: RuleTally[];
  examples: Example[];
}

/** One decision, as it was and as it is now. */
export interface Judged {
  readonly decisionId: string;
  readonly orderId: string;
  readonly at: Date;
  /** Minor units of the base currency; null for a currency without a rate. */
  readonly baseAmount: number | null;
  readonly amount: number;
  readonly currencyCode: string;
  /** What became of it. */
  readonly fraud: boolean | null;
  readonly then: { readonly units: number; readonly recommendation: Recommendation };
  readonly now: {
    readonly units: number;
    readonly recommendation: Recommendation;
    readonly override: Override | null;
    readonly hits: readonly RuleHit[];
  };
  /** Whether it could not be judged again. */
  readonly unknown: boolean;
}

const RECOMMENDATIONS: readonly Recommendation[] = ['approve', 'review', 'decline'];
const EXAMPLES = 50;
/** Of each kind of change; there are six. */
const EXAMPLES_OF_KIND = 50;
const UNITS_PER_POINT = 10_000;
const BY_RULE: readonly string[] = ['block_rule', 'review_rule', 'allow_rule'];

/** Adds up what a backtest finds, in memory that does not grow with it. */
export class Tally {
  private readonly cells = new Map<string, Cell>();
  private readonly rules: Map<string, RuleTally>;
  private readonly examples = new Map<string, Example[]>();
  private changed = 0;
  private rescored = 0;
  private unknown = 0;

  constructor(rules: readonly Rule[]) {
    this.rules = new Map(
      rules.map(({ id, name }) => [
        id,
        { ruleId: id, name, fired: none(), decided: none(), fraud: none(), good: none() },
      ]),
    );
  }

  /** In the order of their time: the examples are the newest. */
  add(judged: Judged): void {
    const { then, now, fraud, baseAmount } = judged;
    const count = (to: Count) => {
      to.attempts += 1;
      to.amount += baseAmount ?? 0;
    };
    const cell = this.cellOf(then.recommendation, now.recommendation);
    count(cell.all);
    if (fraud === true) count(cell.fraud);
    if (fraud === false) count(cell.good);
    if (judged.unknown) this.unknown += 1;
    if (then.units !== now.units) this.rescored += 1;
    for (const { ruleId } of now.hits) {
      const rule = this.rules.get(ruleId);
      if (rule === undefined) continue;
      count(rule.fired);
      if (fraud === true) count(rule.fraud);
      if (fraud === false) count(rule.good);
    }
    const { override } = now;
    if (override !== null && BY_RULE.includes(override.kind)) {
      const rule = this.rules.get(override.source);
      if (rule !== undefined) count(rule.decided);
    }
    if (then.recommendation === now.recommendation) return;
    this.changed += 1;
    this.keepExample(judged);
  }

  result(): BacktestResult {
    const cells = [...this.cells.values()].sort(
      (a, b) => rank(a.then) - rank(b.then) || rank(a.now) - rank(b.now),
    );
    return {
      cells,
      then: figuresOf(cells, cell => cell.then),
      now: figuresOf(cells, cell => cell.now),
      changed: this.changed,
      rescored: this.rescored,
      unknown: this.unknown,
      rules: [...this.rules.values()],
      examples: this.chosenExamples(),
    };
  }

  private cellOf(then: Recommendation, now: Recommendation): Cell {
    const key = `${then} ${now}`;
    const cell = this.cells.get(key) ?? { then, now, all: none(), fraud: none(), good: none() };
    this.cells.set(key, cell);
    return cell;
  }

  private keepExample({ decisionId, orderId, at, amount, currencyCode, then, now, fraud }: Judged): void {
    const key = `${then.recommendation} ${now.recommendation}`;
    const kept = this.examples.get(key) ?? [];
    this.examples.set(key, kept);
    kept.push({
      decisionId,
      orderId,
      at: at.toISOString(),
      amount,
      currencyCode,
      then: then.recommendation,
      now: now.recommendation,
      scoreThen: then.units / UNITS_PER_POINT,
      scoreNow: now.units / UNITS_PER_POINT,
      rules: now.hits.map(({ ruleId }) => ruleId),
      fraud,
    });
    if (kept.length > EXAMPLES_OF_KIND) kept.shift();
  }

  /** In turn from each kind of change, the newest first. */
  private chosenExamples(): Example[] {
    const kinds = [...this.examples.values()].map(kept => [...kept].reverse());
    const chosen: Example[] = [];
    for (let index = 0; index < EXAMPLES_OF_KIND; index += 1) {
      for (const kind of kinds) {
        const example = kind[index];
        if (example !== undefined && chosen.length < EXAMPLES) chosen.push(example);
      }
    }
    return chosen.sort((a, b) => b.at.localeCompare(a.at));
  }
}

function figuresOf(cells: readonly Cell[], said: (cell: Cell) => Recommendation): Figures {
  const sum = (part: 'all' | 'fraud' | 'good', ...recommendations: Recommendation[]) =>
    cells
      .filter(cell => recommendations.includes(said(cell)))
      .reduce(
        (total, cell) => ({
          attempts: total.attempts + cell[part].attempts,
          amount: total.amount + cell[part].amount,
        }),
        none(),
      );
  return {
    approved: sum('all', 'approve'),
    reviewed: sum('all', 'review'),
    declined: sum('all', 'decline'),
    fraudsCaught: sum('fraud', 'review', 'decline'),
    fraudsMissed: sum('fraud', 'approve'),
    goodLost: sum('good', 'decline'),
    goodReviewed: sum('good', 'review'),
  };
}

function none(): Count {
  return { attempts: 0, amount: 0 };
}

function rank(recommendation: Recommendation): number {
  return RECOMMENDATIONS.indexOf(recommendation);
}
