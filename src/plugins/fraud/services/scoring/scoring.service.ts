import { performance } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { Logger, type ID, type Order, type RequestContext } from '@vendure/core';
import type { PaymentInstrument, RiskAssessment, RiskSubject } from '../../../payments';
import { loggerCtx } from '../../constants';
import { assess } from '../../engine/assess';
import { failLimit, toldAfter, toldBefore, withFailures, type Told } from '../../engine/decide';
import { categoryValues, CATEGORY_FIELDS } from '../../engine/signals/category-values';
import { inBaseCurrency, lateSignals } from '../../engine/signals/late-signals';
import type { FraudDecision, ShadowScore } from '../../entities/fraud-decision.entity';
import {
  DEFAULT_SETTINGS,
  type Assessment,
  type EntityKind,
  type History,
  type ScoringModel,
  type Signals,
  type Transaction,
} from '../../types';
import { Clock } from '../clock';
import { LiveEngineService, type LiveEngine } from '../live-engine.service';
import { AttemptHistoryService } from './attempt-history.service';
import { DecisionService } from './decision.service';
import { PgHistoryStore, type LiveHistory } from './pg-history-store';
import { cardKey, instrumentSignals, SignalsService } from './signals.service';
import { within } from './within';

/** What each step may take (ms). Together less than the port allows. */
const TIMEOUTS = { record: 500, history: 500, engine: 1_000, keep: 400 };

const MINOR = 100;
const UNITS = 1_000_000;

/** What is judged, as far as it is known before the database is asked. */
interface Subject {
  readonly phase: FraudDecision['phase'];
  readonly order: Order;
  readonly attemptId: string;
  /** Minor units of the order's currency. */
  readonly amount: number;
  readonly channelId: ID;
  readonly signals: Signals;
  readonly keys: Readonly<Partial<Record<EntityKind, string>>>;
  readonly missing: readonly string[];
  /** Its row, where it could be written down. */
  readonly row: { readonly id: number; readonly at: Date } | undefined;
  readonly tell: (assessment: Assessment, settings: LiveEngine['engine']['settings']) => Told;
}

/** Scores attempts to pay: signals, what was before, rules, model; and keeps what came of it. */
@Injectable()
export class ScoringService {
  constructor(
    private readonly signals: SignalsService,
    private readonly attempts: AttemptHistoryService,
    private readonly store: PgHistoryStore,
    private readonly live: LiveEngineService,
    private readonly decisions: DecisionService,
    private readonly clock: Clock,
  ) {}

  /** Before the provider is asked for anything. Asked again for the same attempt, it says the same. */
  async before(ctx: RequestContext, subject: RiskSubject): Promise<RiskAssessment> {
    const timer = new Timer();
    const { order, attemptId, amount } = subject;
    try {
      const gathered = await this.signals.gather(ctx, subject, this.clock.date().getTime());
      timer.lap('signals');
      const missing = [...gathered.missing];
      const row = await this.tried('history', missing, TIMEOUTS.record, () =>
        this.record(ctx, subject, gathered.signals, gathered.keys),
      );
      if (row !== undefined && !row.isNew) {
        const known = await this.decisions.find(ctx, attemptId, 'before');
        if (known !== null) return answer(known);
      }
      return await this.judge(
        ctx,
        {
          phase: 'before',
          order,
          attemptId,
          amount,
          channelId: ctx.channelId,
          ...gathered,
          missing,
          row,
          tell: (assessment, settings) => toldBefore(assessment, settings),
        },
        timer,
      );
    } catch (error) {
      return this.byLimit(ctx, subject, error);
    }
  }

  /**
   * Once the amount is reserved, when the card is known. What the request said is taken from the first look: this one may
   * be made by a worker, long after.
   */
  async after(
    ctx: RequestContext,
    subject: RiskSubject & { readonly instrument: PaymentInstrument | null },
  ): Promise<RiskAssessment> {
    const timer = new Timer();
    const { order, attemptId, amount, provider, instrument } = subject;
    try {
      const unread: string[] = [];
      const looks = await this.tried('decisions', unread, TIMEOUTS.record, () =>
        this.decisions.looks(attemptId),
      );
      const known = looks?.find(look => look.phase === 'after');
      if (known !== undefined) return answer(known);
      const first = looks?.find(look => look.phase === 'before') ?? null;
      const gathered =
        first === null
          ? await this.signals.gather(ctx, subject, this.clock.date().getTime())
          : { signals: ownSignals(first.signals ?? {}), missing: first.missing, keys: {} };
      timer.lap('signals');
      const missing = [...gathered.missing.filter(text => !text.startsWith('history: ')), ...unread];
      const card = cardKey(instrument);
      const signals = { ...gathered.signals, ...instrumentSignals(provider, instrument) };
      const attempt = await this.tried('history', missing, TIMEOUTS.record, async () => {
        const add = () => this.attempts.addCard(attemptId, card, categoryValues(signals));
        const found = await add();
        if (found !== undefined) return found;
        const { id } = await this.record(ctx, subject, signals, gathered.keys);
        await add();
        return { id, keys: gathered.keys };
      });
      const keys = { ...(attempt?.keys ?? gathered.keys), ...(card === undefined ? {} : { card }) };
      // From here on: what is there by now counts, also what came after the first look.
      const row = attempt === undefined ? undefined : { id: attempt.id, at: this.clock.date() };
      const evidence = { before: first?.decision, threeDSecure: instrument?.threeDSecure ?? null };
      return await this.judge(
        ctx,
        {
          phase: 'after',
          order,
          attemptId,
          amount,
          channelId: first?.channelId ?? ctx.channelId,
          signals,
          keys,
          missing,
          row,
          tell: assessment => toldAfter(assessment, evidence),
        },
        timer,
      );
    } catch (error) {
      return this.byLimit(ctx, subject, error);
    }
  }

  private async judge(ctx: RequestContext, subject: Subject, timer: Timer): Promise<RiskAssessment> {
    const { phase, order, attemptId, amount, keys, row } = subject;
    const missing = [...subject.missing];
    const at = (row?.at ?? this.clock.date()).getTime();
    const past = await this.past(subject, at, missing);
    timer.lap('history');
    const live = await within(TIMEOUTS.engine, () =>
      past === undefined ? this.live.latest() : this.live.at(past.versions),
    );
    const { engine } = live;
    missing.push(...live.missing);
    const history: History = past?.history ?? { entities: {}, categories: {} };
    const ip = subject.signals['ip.address'];
    const signals = {
      ...subject.signals,
      ...lateSignals({
        at,
        amount,
        currency: order.currencyCode,
        baseCurrency: await this.signals.baseCurrency(ctx),
        ip: typeof ip === 'string' ? ip : undefined,
        account: past?.account ?? null,
        history,
        lists: engine.lists,
        settings: engine.settings,
      }),
    };
    const judged = signals['order.amount'];
    const transaction: Transaction = {
      id: attemptId,
      at,
      amount: typeof judged === 'number' ? judged : null,
      keys,
      signals,
    };
    const assessment = assess(transaction, history, engine);
    const failed = failedParts(assessment, missing);
    const told = withFailures(
      subject.tell(assessment, engine.settings),
      failed,
      transaction.amount,
      engine.settings,
    );
    const challengers = live.challengers.map(model => shadow(model, transaction, history, engine));
    timer.lap('scoring');
    const decision = {
      attemptId,
      phase,
      orderId: order.id,
      channelId: subject.channelId,
      at: new Date(at),
      amount,
      currency: order.currencyCode,
      signals: assessment.signals,
      features: assessment.features,
      parts: assessment.parts,
      contributions: assessment.contributions,
      rules: assessment.rules,
      units: assessment.units,
      recommendation: assessment.recommendation,
      override: assessment.override,
      decision: told,
      missing: [...missing, ...failed.filter(part => !missing.some(text => text.startsWith(`${part}:`)))],
      ruleSetVersion: engine.ruleSet.version,
      listsVersion: engine.lists.version,
      settingsVersion: engine.settingsVersion,
      modelVersion: engine.model?.version ?? null,
      challengers,
      timings: timer.timings(),
    };
    try {
      return answer(await within(TIMEOUTS.keep, () => this.decisions.keep(ctx, decision)));
    } catch (error) {
      // What was found stays true; it is only not told to staff.
      Logger.error(`The decision about attempt ${attemptId} was not kept: ${textOf(error)}`, loggerCtx);
      return answer(decision);
    }
  }

  private async past(
    { phase, order, keys, signals, row, attemptId }: Subject,
    at: number,
    missing: string[],
  ): Promise<LiveHistory | undefined> {
    if (row === undefined) return undefined;
    const transaction: Transaction = { id: attemptId, at, amount: null, keys, signals };
    return this.tried('history', missing, TIMEOUTS.history, () =>
      this.store.readLive(
        { transaction, categories: CATEGORY_FIELDS },
        {
          id: row.id,
          sees: phase === 'before' ? 'earlier' : 'others',
          customerId: order.customer === undefined ? undefined : String(order.customer.id),
          orderId: String(order.id),
        },
      ),
    );
  }

  private async record(
    ctx: RequestContext,
    { order, attemptId, amount }: RiskSubject,
    signals: Signals,
    keys: Readonly<Partial<Record<EntityKind, string>>>,
  ) {
    const { settings } = (await this.live.latest()).engine;
    const base = await this.signals.baseCurrency(ctx);
    const judged = inBaseCurrency(amount, order.currencyCode, base, settings);
    return this.attempts.record({
      attemptId,
      orderId: order.id,
      channelId: ctx.channelId,
      amount: judged === undefined ? null : Math.round(judged * MINOR),
      keys,
      categories: categoryValues(signals),
    });
  }

  /** What a step gives; nothing when it fails, which is named. */
  private async tried<T>(
    what: string,
    missing: string[],
    ms: number,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await within(ms, work);
    } catch (error) {
      Logger.error(`${what}: ${textOf(error)}`, loggerCtx);
      missing.push(`${what}: ${textOf(error).slice(0, 200)}`);
      return undefined;
    }
  }

  /** Nothing could be scored: what staff have set for it, as last read. */
  private async byLimit(
    ctx: RequestContext,
    { order, amount, attemptId }: RiskSubject,
    cause: unknown,
  ): Promise<RiskAssessment> {
    Logger.error(`Attempt ${attemptId} could not be scored: ${textOf(cause)}`, loggerCtx);
    const settings = await within(TIMEOUTS.engine, () => this.live.latest()).then(
      ({ engine }) => engine.settings,
      () => DEFAULT_SETTINGS,
    );
    const base = await this.signals.baseCurrency(ctx).catch(() => order.currencyCode);
    const judged = inBaseCurrency(amount, order.currencyCode, base, settings);
    return { score: 0, decision: failLimit(judged ?? null, settings) };
  }
}

/** What a challenger would have said in the champion's place. */
function shadow(
  model: ScoringModel,
  transaction: Transaction,
  history: History,
  engine: LiveEngine['engine'],
): ShadowScore {
  const { units, recommendation } = assess(transaction, history, { ...engine, model });
  return { modelVersion: model.version, units, recommendation };
}

/** Parts that should have said something and could not: a shop without a model yet is none of them. */
function failedParts({ parts }: Assessment, missing: readonly string[]): string[] {
  const failed = parts.flatMap(({ part, missing: why }) =>
    why?.startsWith('failed') === true ? [part] : [],
  );
  const unread = ['history', 'decisions', 'rules', 'lists', 'settings', 'models'].filter(name =>
    missing.some(text => text.startsWith(`${name}: `)),
  );
  return [...failed, ...unread];
}

/** Without those that are told anew each time. */
function ownSignals(signals: Signals): Signals {
  return Object.fromEntries(Object.entries(signals).filter(([name]) => !name.startsWith('velocity.')));
}

function answer({ units, decision }: Pick<FraudDecision, 'units' | 'decision'>): RiskAssessment {
  return { score: units / UNITS, decision };
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** How long each step took. */
class Timer {
  private readonly start = performance.now();
  private last = this.start;
  private readonly laps = { signals: 0, history: 0, scoring: 0 };

  lap(name: keyof Timer['laps']): void {
    const now = performance.now();
    this.laps[name] += now - this.last;
    this.last = now;
  }

  timings(): FraudDecision['timings'] {
    const { signals, history, scoring } = this.laps;
    const tenths = (ms: number) => Math.round(ms * 10) / 10;
    return {
      signals: tenths(signals),
      history: tenths(history),
      scoring: tenths(scoring),
      total: tenths(performance.now() - this.start),
    };
  }
}
