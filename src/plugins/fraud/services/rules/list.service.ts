import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { IsNull, LessThan } from 'typeorm';
import { normalizeIp } from '../../../../common/ip-address';
import {
  FraudListInputError,
  FraudListInUseError,
  FraudListNameError,
  FraudListNotFoundError,
  FraudListTooLargeError,
} from '../../api/rules-errors';
import { BUILT_IN_LISTS, normalizeListValue } from '../../engine/lists/list-value';
import { readLines, type LineProblem, type ReadLines } from '../../engine/lists/read-lines';
import { isVisibleText, problem } from '../../engine/rules/problems';
import { listsNamedBy } from '../../engine/rules/validate';
import { FraudListEntry } from '../../entities/fraud-list-entry.entity';
import { FraudList } from '../../entities/fraud-list.entity';
import { Clock } from '../clock';
import { FraudAuditService } from './audit.service';
import { MAX_LIST_ENTRIES, MAX_LISTS, MAX_NOTE } from './constants';
import { FraudVersionsService } from './fraud-versions.service';
import { inWords } from './problem-words';
import { RuleSetService } from './rule-set.service';

/** As many rows as one statement writes. */
const CHUNK = 20_000;

/** Of many entries, so many are in the audit log. */
const AUDITED = 100;

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

export interface EntriesInput {
  readonly list: string;
  readonly lines: readonly string[];
  readonly replace: boolean;
  readonly note: string | null;
}

export interface ListChange {
  list: FraudList;
  added: number;
  present: number;
  duplicates: number;
  removed: number;
  refused: number;
  problems: (LineProblem & { message: string })[];
}

/** Named lists, as staff edit them. The only writer of `fraud_list` and `fraud_list_entry`. */
@Injectable()
export class ListService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly versions: FraudVersionsService,
    private readonly audit: FraudAuditService,
    private readonly rules: RuleSetService,
    private readonly clock: Clock,
  ) {}

  async create(
    ctx: RequestContext,
    input: { name: string; description?: string | null },
  ): Promise<FraudList | FraudListNameError | FraudListTooLargeError | FraudListInputError> {
    const { name } = input;
    const description = input.description?.trim() ?? '';
    if (!NAME.test(name)) return new FraudListNameError(name);
    if (!isVisibleText(description, MAX_NOTE)) {
      return new FraudListInputError(inWords(ctx, [problem('description', 'note', { max: MAX_NOTE })]));
    }
    await this.versions.bump(ctx, 'lists');
    const names = (await this.lists(ctx).findBy({ removedIn: IsNull() })).map(list => list.name);
    if (names.includes(name)) return new FraudListNameError(name);
    if (names.length >= MAX_LISTS) return new FraudListTooLargeError(MAX_LISTS, names.length + 1);
    const list = await this.lists(ctx).save(new FraudList({ name, description }));
    await this.audit.record(ctx, {
      subject: 'list',
      action: 'created',
      target: name,
      after: { name, description },
    });
    return list;
  }

  /** Lines that cannot be taken are told of, the others are added. */
  async addEntries(
    ctx: RequestContext,
    { list: name, lines, replace, note }: EntriesInput,
  ): Promise<ListChange | FraudListNotFoundError | FraudListTooLargeError | FraudListInputError> {
    if (!isVisibleText(note ?? '', MAX_NOTE)) {
      return new FraudListInputError(inWords(ctx, [problem('note', 'note', { max: MAX_NOTE })]));
    }
    if (lines.length > MAX_LIST_ENTRIES) return new FraudListTooLargeError(MAX_LIST_ENTRIES, lines.length);
    const read = readLines(name, lines);
    return this.connection.withTransaction(ctx, async tx => {
      const version = await this.versions.bump(tx, 'lists');
      const list = await this.find(tx, name);
      if (list === null) return new FraudListNotFoundError(name);
      // The row of the version keeps others from adding meanwhile.
      const count = replace ? read.values.length : await this.countWith(tx, list.id, read.values);
      if (count > MAX_LIST_ENTRIES) return new FraudListTooLargeError(MAX_LIST_ENTRIES, count);
      const removed = replace ? await this.takeOutOthers(tx, list.id, read.values, version) : [];
      const added = await this.putIn(tx, list.id, read.values, version, note);
      if (added.length + removed.length > 0) {
        await this.audit.record(tx, {
          subject: 'list',
          action: replace ? 'replaced' : 'entries-added',
          target: name,
          note,
          before: removed.length === 0 ? null : some(removed),
          after: some(added),
        });
      }
      return this.changeOf(tx, list, read, {
        added: added.length,
        present: read.values.length - added.length,
        removed: removed.length,
      });
    });
  }

  /** In the caller's transaction. Values that are not in the list are passed over. */
  async removeEntries(
    ctx: RequestContext,
    { list: name, values, note }: { list: string; values: readonly string[]; note: string | null },
  ): Promise<ListChange | FraudListNotFoundError | FraudListInputError> {
    if (!isVisibleText(note ?? '', MAX_NOTE)) {
      return new FraudListInputError(inWords(ctx, [problem('note', 'note', { max: MAX_NOTE })]));
    }
    const read = readLines(name, values);
    const version = await this.versions.bump(ctx, 'lists');
    const list = await this.find(ctx, name);
    if (list === null) return new FraudListNotFoundError(name);
    const removed = await this.takeOut(ctx, list.id, 'value = ANY($4::text[])', read.values, version);
    if (removed.length > 0) {
      await this.audit.record(ctx, {
        subject: 'list',
        action: 'entries-removed',
        target: name,
        note,
        before: some(removed),
      });
    }
    return this.changeOf(ctx, list, read, { added: 0, present: 0, removed: removed.length });
  }

  /** In the caller's transaction: rules that are published meanwhile and name the list are waited for. */
  async delete(
    ctx: RequestContext,
    name: string,
  ): Promise<{ name: string; entryCount: number } | FraudListNotFoundError | FraudListInUseError> {
    if (BUILT_IN_LISTS.includes(name)) return new FraudListInUseError([]);
    const version = await this.versions.bump(ctx, 'lists');
    const [list]: { id: ID }[] = await this.lists(ctx).query(
      'SELECT id FROM fraud_list WHERE name = $1 AND "removedIn" IS NULL FOR UPDATE',
      [name],
    );
    if (list === undefined) return new FraudListNotFoundError(name);
    const naming = (await this.namesOfRules(ctx)).get(name) ?? [];
    if (naming.length > 0) return new FraudListInUseError(naming);
    const removed = await this.takeOut(ctx, list.id, 'true', undefined, version);
    await this.lists(ctx).update({ id: list.id }, { removedIn: version, removedAt: this.clock.date() });
    await this.audit.record(ctx, {
      subject: 'list',
      action: 'deleted',
      target: name,
      before: some(removed),
    });
    return { name, entryCount: removed.length };
  }

  find(ctx: RequestContext, name: string): Promise<FraudList | null> {
    return this.lists(ctx).findOneBy({ name, removedIn: IsNull() });
  }

  all(ctx: RequestContext): Promise<FraudList[]> {
    return this.lists(ctx).find({ where: { removedIn: IsNull() }, order: { name: 'ASC' } });
  }

  count(ctx: RequestContext, listId: ID): Promise<number> {
    return this.entries(ctx).countBy({ listId, removedIn: IsNull() });
  }

  /** Of each list, the names of the rules in use that look into it. */
  async namesOfRules(ctx: RequestContext): Promise<ReadonlyMap<string, string[]>> {
    const names = new Map<string, string[]>();
    for (const rule of (await this.rules.inUse(ctx)).rules) {
      for (const list of new Set(listsNamedBy(rule.when))) {
        names.set(list, [...(names.get(list) ?? []), rule.name]);
      }
    }
    return names;
  }

  /** In the order of the values. */
  async listEntries(
    ctx: RequestContext,
    name: string,
    { skip, take, search }: { skip: number; take: number; search: string | null },
  ): Promise<{ items: (FraudListEntry & { addedBy: string | null })[]; totalItems: number }> {
    const list = await this.find(ctx, name);
    if (list === null) return { items: [], totalItems: 0 };
    const query = this.entries(ctx)
      .createQueryBuilder('entry')
      .leftJoinAndSelect('entry.user', 'user')
      .where('entry.listId = :list AND entry.removedIn IS NULL', { list: list.id });
    if (search !== null && search.trim() !== '') this.searchIn(query, name, search.trim());
    const [rows, totalItems] = await query
      .orderBy('entry.value')
      .addOrderBy('entry.id')
      .skip(skip)
      .take(take)
      .getManyAndCount();
    const items = rows.map(row => Object.assign(row, { addedBy: row.user?.identifier ?? null }));
    return { items, totalItems };
  }

  /** Forgets what was taken out so long ago that no decision is left that asked it. */
  async prune(ctx: RequestContext, before: Date): Promise<number> {
    const { affected } = await this.entries(ctx).delete({ removedAt: LessThan(before) });
    await this.lists(ctx).delete({ removedAt: LessThan(before) });
    return affected ?? 0;
  }

  private searchIn(
    query: ReturnType<ReturnType<ListService['entries']>['createQueryBuilder']>,
    list: string,
    text: string,
  ): void {
    const normalized = normalizeListValue(list, text);
    const begin = 'value' in normalized ? normalized.value : text.toLowerCase();
    query.andWhere('(starts_with(entry.value, :begin) OR entry.value = ANY(:networks))', {
      begin,
      networks: networksAround(list, begin),
    });
  }

  /** How many values there are with these among them. */
  private async countWith(ctx: RequestContext, listId: ID, values: readonly string[]): Promise<number> {
    const [row]: { count: string }[] = await this.entries(ctx).query(
      `SELECT count(*) FROM (SELECT value FROM fraud_list_entry WHERE "listId" = $1 AND "removedIn" IS NULL
                             UNION SELECT unnest($2::text[])) AS both_of_them`,
      [listId, values],
    );
    return Number(row?.count ?? 0);
  }

  private async putIn(
    ctx: RequestContext,
    listId: ID,
    values: readonly string[],
    version: number,
    note: string | null,
  ): Promise<string[]> {
    const added: string[] = [];
    for (let from = 0; from < values.length; from += CHUNK) {
      const rows: { value: string }[] = await this.entries(ctx).query(
        `INSERT INTO fraud_list_entry ("listId", value, note, "addedIn", "addedAt", "userId")
         SELECT $1, value, $3, $4, $5, $6 FROM unnest($2::text[]) AS value
         ON CONFLICT ("listId", value) WHERE "removedIn" IS NULL DO NOTHING RETURNING value`,
        [
          listId,
          values.slice(from, from + CHUNK),
          note || null,
          version,
          this.clock.date(),
          ctx.activeUserId ?? null,
        ],
      );
      for (const { value } of rows) added.push(value);
    }
    return added;
  }

  private takeOutOthers(
    ctx: RequestContext,
    listId: ID,
    values: readonly string[],
    version: number,
  ): Promise<string[]> {
    const others = 'NOT EXISTS (SELECT FROM unnest($4::text[]) AS kept WHERE kept = value)';
    return this.takeOut(ctx, listId, others, values, version);
  }

  private async takeOut(
    ctx: RequestContext,
    listId: ID,
    which: string,
    values: readonly string[] | undefined,
    version: number,
  ): Promise<string[]> {
    const [rows]: [{ value: string }[], number] = await this.entries(ctx).query(
      `UPDATE fraud_list_entry SET "removedIn" = $2, "removedAt" = $3, "updatedAt" = now()
       WHERE "listId" = $1 AND "removedIn" IS NULL AND ${which} RETURNING value`,
      [listId, version, this.clock.date(), ...(values === undefined ? [] : [values])],
    );
    return rows.map(({ value }) => value);
  }

  private changeOf(
    ctx: RequestContext,
    list: FraudList,
    { duplicates, refused, problems }: ReadLines,
    counts: Pick<ListChange, 'added' | 'present' | 'removed'>,
  ): ListChange {
    return {
      list,
      ...counts,
      duplicates,
      refused,
      problems: problems.map(({ line, value, code }) => ({
        line,
        value,
        code,
        message: ctx.translate(`message.fraud-line-${code}`),
      })),
    };
  }

  private lists(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudList);
  }

  private entries(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudListEntry);
  }
}

/** All networks that a whole address is in, as they may stand in the list. */
function networksAround(list: string, value: string): string[] {
  const address = normalizeIp(value);
  if (address === undefined) return [];
  return Array.from({ length: 128 }, (_, prefix) => `${address}/${prefix}`).flatMap(network => {
    const normalized = normalizeListValue(list, network);
    return 'value' in normalized ? [normalized.value, `ip:${normalized.value}`] : [];
  });
}

function some(values: readonly string[]): { count: number; values: readonly string[] } {
  return { count: values.length, values: values.slice(0, AUDITED) };
}
