import { DEFAULT_SETTINGS, UNITS_PER_POINT, type Engine, type ScoringModel } from '../../types';
import { assess, judge } from '../assess';
import { categoriesOf } from '../categories';
import { deviceScore } from '../device-score';
import { extractFeatures } from '../features';
import { MemoryHistory } from '../memory-history';
import { loadModel } from '../model/model-file';
import { TooFewLabelsError } from '../model/errors';
import { trainModel } from '../model/train';
import { DEFAULT_RULES } from '../rules/default-rules';
import { velocityScore } from '../velocity-score';
import { allSignals } from '../velocity-signals';
import { delayToAssume } from './outcome-delay';
import { SampleBuffer } from './sample-buffer';
import { parseLine, transactionOf, type TransactionLine } from './stream-line';

/** Nothing has been listed: no list is there. */
const NO_LISTS: Engine['lists'] = { version: 1, has: () => undefined };
/** With so few new outcomes since the last training (as a share of what it learned from), another one says the same. */
const NEWS_SHARE = 0.05;
const DAY = 86_400_000;
/** So far back the past can still be read as it was: what is learned from may have to see it again. */
const LATENESS = 120 * DAY;

export interface StreamScore {
  readonly id: string | number;
  /** 0-100, in ten-thousandths. */
  readonly score: number;
}

/** Scores a stream of attempts as the server does, by what came before in the same stream. */
export class StreamScorer {
  private readonly history = new MemoryHistory({ lateness: LATENESS });
  private readonly samples = new SampleBuffer();
  private model: ScoringModel | null = null;
  private clock = -Infinity;
  /** Outcomes that came since the last attempt. */
  private waiting: { id: string; fraud: boolean }[] = [];
  private news = 0;
  private learnedFrom = 0;

  /** @param tell what is worth knowing beside the scores */
  constructor(private readonly tell: (message: string) => void = () => undefined) {}

  /**
   * One line of the protocol.
   *
   * @returns the score of an attempt; null for all other lines
   * @throws an error that says what is wrong with the line
   */
  take(text: string): StreamScore | null {
    const line = parseLine(text);
    switch (line.type) {
      case 'tx':
        return this.score(line);
      case 'label':
        if (!this.history.has(String(line.id))) throw new Error(`id: there is no attempt ${line.id}`);
        this.waiting.push({ id: String(line.id), fraud: line.fraud });
        return null;
      case 'retrain':
        this.learnOutcomes();
        this.retrain();
        return null;
    }
  }

  private score(line: TransactionLine): StreamScore {
    this.learnOutcomes();
    const transaction = transactionOf(line, this.clock);
    const history = this.history.readNow({ transaction, categories: categoriesOf(transaction) });
    const { units, features, parts } = assess(transaction, history, {
      ruleSet: { version: 1, rules: DEFAULT_RULES },
      lists: NO_LISTS,
      model: this.model,
      settings: DEFAULT_SETTINGS,
      settingsVersion: 1,
    });
    this.history.record(transaction, 'ordered');
    const rules = parts.find(({ part }) => part === 'rules')?.score ?? NaN;
    this.samples.add(transaction, features, rules);
    this.clock = Math.max(this.clock, transaction.at);
    return { id: line.id, score: units / UNITS_PER_POINT };
  }

  private learnOutcomes(): void {
    for (const { id, fraud } of this.waiting) {
      this.history.setOutcome(id, { fraud, source: fraud ? 'dispute' : 'matured', knownAt: this.clock });
      this.samples.label(id, fraud, this.clock);
    }
    this.news += this.waiting.length;
    this.waiting = [];
  }

  /** Where outcomes came too late for any attempt to see them: lets them be known from some time after each attempt. */
  private restate(): void {
    const delay = delayToAssume(this.samples.outcomes());
    if (delay === null) return;
    this.history.restateOutcomes(({ at, knownAt }) => Math.min(knownAt, at + delay));
    this.samples.renew(transaction => {
      const history = this.history.readNow({ transaction, categories: categoriesOf(transaction) });
      const signals = allSignals(transaction, history);
      return extractFeatures(transaction, history, [
        judge('velocity', () => velocityScore(history)),
        judge('device', () => deviceScore(signals, history)),
      ]);
    });
    this.tell(
      `outcomes came too late to learn from them as they came: taken as known ${(delay / DAY).toFixed(1)} days after each attempt`,
    );
  }

  private retrain(): void {
    if (this.model && this.news < this.learnedFrom * NEWS_SHARE) {
      this.tell(`${this.news} outcomes since the last training: too few to learn anything new from`);
      return;
    }
    this.restate();
    try {
      const { json, report } = trainModel(this.samples.labelled(), { version: 'stream' });
      this.model = loadModel(json);
      this.news = 0;
      this.learnedFrom = report.learnedFrom.rows;
      const { rows, frauds } = report.learnedFrom;
      this.tell(
        `learned from ${rows} attempts with ${frauds} frauds, ${report.rounds} trees; ` +
          `on the newest: AUC ${report.figures.auc?.toFixed(3)}, average precision ${report.figures.averagePrecision?.toFixed(3)}; ` +
          `beside it count ${Object.entries(this.model.weights)
            .map(([part, weight]) => `${part} ${weight}`)
            .join(', ')}`,
      );
    } catch (error) {
      if (!(error instanceof TooFewLabelsError)) throw error;
      this.tell(error.message);
    }
  }
}
