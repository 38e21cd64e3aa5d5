import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { UserInputError } from '@vendure/core';
import type { GraphQLResolveInfo } from 'graphql';
import { from, of, switchMap, type Observable } from 'rxjs';
import { InputChecks } from './input-checks';

/**
 * Checks what a mutation is given before anything of it is carried out, for the mutations that `InputChecks`
 * names. Earlier than the mutation's transaction: a refused input leaves no trace, not even an empty cart.
 */
@Injectable()
export class InputCheckInterceptor implements NestInterceptor {
  constructor(@Inject(InputChecks) private readonly checks: InputChecks) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<GqlContextType>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(context);
    const { parentType, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
    const check = parentType.name === 'Mutation' ? this.checks.of(fieldName) : undefined;
    if (check === undefined) return next.handle();
    const { req } = graphql.getContext<{ req: Parameters<typeof check>[1] }>();
    return from(Promise.resolve(check(graphql.getArgs(), req))).pipe(
      switchMap(refusal => {
        if (refusal === undefined) return next.handle();
        if ('key' in refusal) throw new UserInputError(refusal.key, refusal.variables);
        return of(refusal);
      }),
    );
  }
}
