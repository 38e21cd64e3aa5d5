import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, ErrorResult, RequestContext, Transaction } from '@vendure/core';
import { requireDefaultChannel } from '../../payments';
import { BUILT_IN_LISTS } from '../engine/lists/list-value';
import { problem } from '../engine/rules/problems';
import type { FraudListEntry } from '../entities/fraud-list-entry.entity';
import type { FraudList } from '../entities/fraud-list.entity';
import { fraudRulesPermission, MAX_LIST_FILE_BYTES, MAX_REMOVED_AT_ONCE } from '../services/rules/constants';
import { ListService, type ListChange } from '../services/rules/list.service';
import { pageOf, type PageOptions } from '../services/rules/page';
import { inWords } from '../services/rules/problem-words';
import { readUpload, type Upload } from './read-upload';
import {
  FraudListInputError,
  FraudListTooLargeError,
  type FraudListInUseError,
  type FraudListNameError,
  type FraudListNotFoundError,
} from './rules-errors';

interface EntriesInput {
  list: string;
  values?: string[] | null;
  text?: string | null;
  file?: Upload | null;
  replace?: boolean | null;
  note?: string | null;
}

type Changed = ListChange | FraudListNotFoundError | FraudListTooLargeError | FraudListInputError;

@Resolver()
export class FraudListsResolver {
  constructor(private readonly lists: ListService) {}

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudLists(@Ctx() ctx: RequestContext): Promise<FraudList[]> {
    requireDefaultChannel(ctx);
    return this.lists.all(ctx);
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudList(@Ctx() ctx: RequestContext, @Args() { name }: { name: string }): Promise<FraudList | null> {
    requireDefaultChannel(ctx);
    return this.lists.find(ctx, name);
  }

  @Query()
  @Allow(fraudRulesPermission.Read)
  fraudListEntries(
    @Ctx() ctx: RequestContext,
    @Args() { list, options }: { list: string; options?: (PageOptions & { search?: string | null }) | null },
  ): Promise<{ items: (FraudListEntry & { addedBy: string | null })[]; totalItems: number }> {
    requireDefaultChannel(ctx);
    return this.lists.listEntries(ctx, list, { ...pageOf(options), search: options?.search ?? null });
  }

  @Transaction()
  @Mutation()
  @Allow(fraudRulesPermission.Update)
  createFraudList(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { name: string; description?: string | null } },
  ): Promise<FraudList | FraudListNameError | FraudListTooLargeError | FraudListInputError> {
    requireDefaultChannel(ctx);
    return this.lists.create(ctx, input);
  }

  /** Without a transaction of its own: none waits for a file to come. */
  @Mutation()
  @Allow(fraudRulesPermission.Update)
  async addFraudListEntries(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: EntriesInput },
  ): Promise<Changed> {
    requireDefaultChannel(ctx);
    const lines = await this.linesOf(ctx, input);
    if (lines instanceof ErrorResult) return lines;
    const { list, replace, note } = input;
    return this.lists.addEntries(ctx, { list, lines, replace: replace === true, note: note ?? null });
  }

  @Transaction()
  @Mutation()
  @Allow(fraudRulesPermission.Update)
  async removeFraudListEntries(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { list: string; values: string[]; note?: string | null } },
  ): Promise<Changed> {
    requireDefaultChannel(ctx);
    const { list, values, note } = input;
    if (values.length > MAX_REMOVED_AT_ONCE) {
      return new FraudListTooLargeError(MAX_REMOVED_AT_ONCE, values.length);
    }
    return this.lists.removeEntries(ctx, { list, values, note: note ?? null });
  }

  @Transaction()
  @Mutation()
  @Allow(fraudRulesPermission.Update)
  deleteFraudList(
    @Ctx() ctx: RequestContext,
    @Args() { name }: { name: string },
  ): Promise<{ name: string; entryCount: number } | FraudListNotFoundError | FraudListInUseError> {
    requireDefaultChannel(ctx);
    return this.lists.delete(ctx, name);
  }

  private async linesOf(
    ctx: RequestContext,
    { values, text, file }: EntriesInput,
  ): Promise<string[] | FraudListInputError> {
    const refused = (path: string, code: string, max = 0) =>
      new FraudListInputError(inWords(ctx, [problem(path, code, { max })]));
    if ([values, text, file].filter(given => given != null).length !== 1)
      return refused('values', 'one-source');
    if (values != null) return values;
    if (text != null) return text.split(/\r?\n/);
    const bytes = await readUpload(file as Upload, MAX_LIST_FILE_BYTES);
    if (bytes === null) return refused('file', 'file-too-large', MAX_LIST_FILE_BYTES);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes).split(/\r?\n/);
    } catch {
      return refused('file', 'file-encoding');
    }
  }
}

@Resolver('FraudList')
export class FraudListResolver {
  constructor(private readonly lists: ListService) {}

  @ResolveField()
  purpose(@Parent() { name }: FraudList): string {
    return BUILT_IN_LISTS.includes(name) ? name : 'rules';
  }

  @ResolveField()
  builtIn(@Parent() { name }: FraudList): boolean {
    return BUILT_IN_LISTS.includes(name);
  }

  @ResolveField()
  entryCount(@Ctx() ctx: RequestContext, @Parent() { id }: FraudList): Promise<number> {
    return this.lists.count(ctx, id);
  }

  @ResolveField()
  async rules(@Ctx() ctx: RequestContext, @Parent() { name }: FraudList): Promise<string[]> {
    return (await this.lists.namesOfRules(ctx)).get(name) ?? [];
  }
}

@Resolver('CreateFraudListResult')
export class CreateFraudListResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudList';
  }
}

@Resolver('ChangeFraudListResult')
export class ChangeFraudListResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudListChange';
  }
}

@Resolver('DeleteFraudListResult')
export class DeleteFraudListResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudListDeleted';
  }
}
