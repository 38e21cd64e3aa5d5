import { Inject, Injectable } from '@nestjs/common';
import { ChannelService, TransactionalConnection, type RequestContext } from '@vendure/core';
import { leadsToPrivate } from '../../../../common/public-address';
import { FraudSettingsInvalidError, FraudStaleError } from '../../api/rules-errors';
import { FRAUD_PLUGIN_OPTIONS } from '../../constants';
import { isVisibleText, problem, type Problem } from '../../engine/rules/problems';
import { parseSettings, type SettingsChange } from '../../engine/rules/settings';
import { FraudSettingsVersion } from '../../entities/fraud-settings-version.entity';
import type { FraudPluginOptions } from '../../options';
import { DEFAULT_SETTINGS, type FraudSettings } from '../../types';
import { FraudAuditService } from './audit.service';
import { MAX_NOTE } from './constants';
import { FraudVersionsService } from './fraud-versions.service';
import { inWords } from './problem-words';

/** How long the name of a webhook may take to be resolved. */
const RESOLVE_TIMEOUT_MS = 2_000;

type SettingsInput = SettingsChange & { baseVersion: number; note?: string | null };

export interface SettingsView extends FraudSettings {
  version: number;
  savedAt: Date | null;
  savedBy: string | null;
  baseCurrency: string;
}

export interface LoadedSettings {
  readonly version: number;
  readonly settings: FraudSettings;
}

/** What staff set of the scoring. The only writer of `fraud_settings_version`. */
@Injectable()
export class FraudSettingsService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly channels: ChannelService,
    private readonly versions: FraudVersionsService,
    private readonly audit: FraudAuditService,
    @Inject(FRAUD_PLUGIN_OPTIONS) private readonly options: FraudPluginOptions,
  ) {}

  /** As they are now. */
  async load(): Promise<FraudSettings> {
    return (await this.loadVersioned()).settings;
  }

  /** As they are now, with their version, for live scoring. */
  async loadVersioned(): Promise<LoadedSettings> {
    const [row] = await this.connection.rawConnection
      .getRepository(FraudSettingsVersion)
      .find({ order: { number: 'DESC' }, take: 1 });
    return { version: row?.number ?? 0, settings: settingsOf(row ?? null) };
  }

  /** As they were in each version. */
  async all(ctx: RequestContext): Promise<ReadonlyMap<number, FraudSettings>> {
    const rows = await this.rows(ctx).find();
    return new Map([[0, DEFAULT_SETTINGS], ...rows.map(row => [row.number, settingsOf(row)] as const)]);
  }

  async view(ctx: RequestContext): Promise<SettingsView> {
    const row = await this.newest(ctx);
    const { defaultCurrencyCode } = await this.channels.getDefaultChannel(ctx);
    return {
      ...settingsOf(row),
      version: row?.number ?? 0,
      savedAt: row?.createdAt ?? null,
      savedBy: row?.user?.identifier ?? null,
      baseCurrency: defaultCurrencyCode,
    };
  }

  /** Of two that were made from the same version one is taken. Not in a transaction: names are resolved. */
  async save(
    ctx: RequestContext,
    input: SettingsInput,
  ): Promise<SettingsView | FraudSettingsInvalidError | FraudStaleError> {
    const outside = await this.checkWebhook(input.dueWebhook ?? null);
    return this.connection.withTransaction(ctx, tx => this.saveChecked(tx, input, outside));
  }

  /** It is checked again whenever it is called: names may lead elsewhere then. */
  private async checkWebhook(webhook: string | null): Promise<Problem[]> {
    if (webhook === null || this.options.privateWebhook === true || !URL.canParse(webhook)) return [];
    const isPrivate = await leadsToPrivate(new URL(webhook), RESOLVE_TIMEOUT_MS);
    return isPrivate ? [problem('dueWebhook', 'private-address')] : [];
  }

  private async saveChecked(
    ctx: RequestContext,
    { baseVersion, note, ...change }: SettingsInput,
    outside: readonly Problem[],
  ): Promise<SettingsView | FraudSettingsInvalidError | FraudStaleError> {
    await this.versions.bump(ctx, 'settings');
    const before = await this.newest(ctx);
    const current = before?.number ?? 0;
    const parsed = parseSettings(settingsOf(before), change);
    const noteProblems =
      note == null || isVisibleText(note, MAX_NOTE) ? [] : [problem('note', 'note', { max: MAX_NOTE })];
    const problems = [...noteProblems, ...parsed.problems, ...outside];
    if (!('value' in parsed) || noteProblems.length + outside.length > 0) {
      return new FraudSettingsInvalidError(inWords(ctx, problems));
    }
    if (current !== baseVersion) return new FraudStaleError(current);
    await this.rows(ctx).insert({
      number: current + 1,
      settings: parsed.value,
      userId: ctx.activeUserId ?? null,
    });
    await this.audit.record(ctx, {
      subject: 'settings',
      action: 'saved',
      target: String(current + 1),
      note: note || null,
      ...changed(settingsOf(before), parsed.value),
    });
    return this.view(ctx);
  }

  private async newest(ctx: RequestContext): Promise<FraudSettingsVersion | null> {
    const [row] = await this.rows(ctx).find({
      relations: { user: true },
      order: { number: 'DESC' },
      take: 1,
    });
    return row ?? null;
  }

  private rows(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudSettingsVersion);
  }
}

function settingsOf(row: FraudSettingsVersion | null): FraudSettings {
  return { ...DEFAULT_SETTINGS, ...row?.settings };
}

function changed(before: FraudSettings, after: FraudSettings) {
  const names = (Object.keys(after) as (keyof FraudSettings)[]).filter(
    name => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (from: FraudSettings) => Object.fromEntries(names.map(name => [name, from[name]]));
  return { before: pick(before), after: pick(after) };
}
