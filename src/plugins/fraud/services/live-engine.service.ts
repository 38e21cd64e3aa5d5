import { Injectable } from '@nestjs/common';
import { Logger } from '@vendure/core';
import { loggerCtx } from '../constants';
import { DEFAULT_SETTINGS, type Engine, type Lists, type RuleSet, type ScoringModel } from '../types';
import { ModelRegistry, type LoadedModels } from './models/model-registry';
import { ListSnapshots } from './rules/list-snapshots.service';
import { RuleSetService } from './rules/rule-set.service';
import { FraudSettingsService } from './rules/settings.service';
import { within } from './scoring/within';

/**
 * As long as a payment waits for what has changed, which a list of 100,000 entries needs nearly half of. What takes longer is
 * there for one of the next payments.
 */
const READ_MS = 800;

/** What scoring works with at one moment, and what of it could not be read. */
export interface LiveEngine {
  readonly engine: Engine;
  readonly challengers: readonly ScoringModel[];
  readonly missing: readonly string[];
}

/** What each version stands for. */
interface Parts {
  rules: RuleSet;
  lists: Lists;
  settings: { readonly version: number; readonly settings: Engine['settings'] };
  models: LoadedModels;
}

type PartName = keyof Parts;
type Loaders = { readonly [Name in PartName]: () => Promise<Parts[Name]> };

const NAMES: readonly PartName[] = ['rules', 'lists', 'settings', 'models'];

/**
 * Rules, lists, settings and models as they are in the database, kept in memory. Their versions come with every attempt's
 * history; what has another version than the one in memory is read anew before the attempt is judged, so a change counts
 * at once in all processes. What cannot be read is named, and what was read before goes on.
 */
@Injectable()
export class LiveEngineService {
  private readonly loaded = new Map<PartName, { version: number; value: unknown }>();
  private readonly loading = new Map<string, Promise<void>>();

  private readonly loaders: Loaders = {
    rules: () => this.rules.load(),
    lists: () => this.lists.load(),
    settings: () => this.settings.loadVersioned(),
    models: () => this.models.load(),
  };

  constructor(
    private readonly rules: RuleSetService,
    private readonly lists: ListSnapshots,
    private readonly settings: FraudSettingsService,
    private readonly models: ModelRegistry,
  ) {}

  /** As last read; nothing is asked of the database, unless nothing was read yet. */
  latest(): Promise<LiveEngine> {
    const versions = Object.fromEntries(NAMES.map(name => [name, this.loaded.get(name)?.version ?? 0]));
    return this.at(versions);
  }

  /** @param versions as the database has them; a name that is not there was never changed */
  async at(versions: Readonly<Record<string, number>>): Promise<LiveEngine> {
    const missing: string[] = [];
    await Promise.all(
      NAMES.map(async name => {
        const version = versions[name] ?? 0;
        // What was read for a later version is not read again for one who comes late.
        if ((this.loaded.get(name)?.version ?? -1) >= version) return;
        try {
          await within(READ_MS, () => this.load(name, version));
        } catch (error) {
          Logger.error(`${name} could not be read: ${(error as Error).message}`, loggerCtx);
          missing.push(`${name}: could not be read`);
        }
      }),
    );
    return { ...this.snapshot(), missing };
  }

  private load(name: PartName, version: number): Promise<void> {
    const key = `${name} ${version}`;
    const under = this.loading.get(key);
    if (under !== undefined) return under;
    const loading = this.loaders[name]()
      .then(value => void this.loaded.set(name, { version, value }))
      .finally(() => this.loading.delete(key));
    this.loading.set(key, loading);
    return loading;
  }

  private snapshot(): Omit<LiveEngine, 'missing'> {
    const { settings, version } = this.part('settings') ?? { settings: DEFAULT_SETTINGS, version: 0 };
    const { champion, challengers } = this.part('models') ?? { champion: null, challengers: [] };
    return {
      engine: {
        ruleSet: this.part('rules') ?? UNREADABLE_RULES,
        lists: this.part('lists') ?? UNREADABLE_LISTS,
        model: champion,
        settings,
        settingsVersion: version,
      },
      challengers,
    };
  }

  private part<Name extends PartName>(name: Name): Parts[Name] | undefined {
    return this.loaded.get(name)?.value as Parts[Name] | undefined;
  }
}

/** Whoever asks them fails, and its part is missing: no rules are something else than rules that cannot be read. */
const UNREADABLE_RULES: RuleSet = {
  version: 0,
  get rules(): never {
    throw new Error('the rules could not be read');
  },
};

const UNREADABLE_LISTS: Lists = {
  version: 0,
  has: () => {
    throw new Error('the lists could not be read');
  },
};
