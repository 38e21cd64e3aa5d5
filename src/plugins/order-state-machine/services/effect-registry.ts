import { Inject, Injectable } from '@nestjs/common';
import { ORDER_EFFECTS } from '../constants';
import { defineEffectRequest } from '../events/order-lifecycle-events';
import type { OrderEffect as Effect } from '../types';

/** The effects of this shop, each with the event that asks for it. */
@Injectable()
export class EffectRegistry {
  private readonly byCode: ReadonlyMap<string, Effect>;
  private readonly requests: ReadonlyMap<string, ReturnType<typeof defineEffectRequest>>;

  constructor(@Inject(ORDER_EFFECTS) effects: readonly Effect[]) {
    this.byCode = new Map(effects.map(effect => [effect.code, effect]));
    this.requests = new Map(effects.map(({ code }) => [code, defineEffectRequest(code)]));
  }

  all(): Effect[] {
    return [...this.byCode.values()];
  }

  find(code: string): Effect | undefined {
    return this.byCode.get(code);
  }

  /** The event that asks for an effect. */
  requestOf(code: string): ReturnType<typeof defineEffectRequest> {
    const request = this.requests.get(code);
    if (request === undefined) throw new Error(`No effect is called "${code}".`);
    return request;
  }
}
