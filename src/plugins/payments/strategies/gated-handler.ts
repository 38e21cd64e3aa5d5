import type { ConfigArg, RefundOrderInput } from '@vendure/common/lib/generated-types';
import {
  type Injector,
  type Order,
  type Payment,
  PaymentMethodHandler,
  type PaymentMethod,
  type RequestContext,
} from '@vendure/core';
import { DirectCallsService } from '../services/gate/direct-calls.service';
import { throughGate, type HandlerCall } from '../services/gate/gateway-pass';

type CreateArgs = Parameters<PaymentMethodHandler['createPayment']>;

/** Handlers that are behind the gate, by their stand-ins. */
const gated = new WeakSet<PaymentMethodHandler>();

/**
 * Puts any payment method handler behind the gate and the ledger: same code, same arguments, same answers. Core calls
 * the stand-in; the handler itself is called by the gate, when no transaction is open and the attempt is written down.
 */
export function gatedHandler(handler: PaymentMethodHandler): PaymentMethodHandler {
  if (gated.has(handler)) return handler;
  let directCalls: DirectCallsService;
  const pass = (ctx: RequestContext, call: HandlerCall) =>
    throughGate(call, unprepared => directCalls.run(ctx, unprepared));

  const standIns = {
    async init(injector: Injector) {
      directCalls = injector.get(DirectCallsService);
      await handler.init(injector);
    },

    createPayment: (...[ctx, order, amount, args, metadata, method]: CreateArgs) =>
      pass(ctx, {
        kind: 'authorize',
        handler,
        method,
        order,
        payment: null,
        amount,
        metadata,
        invoke: callCtx => handler.createPayment(callCtx, order, amount, args, metadata, method),
      }),

    settlePayment: (
      ctx: RequestContext,
      order: Order,
      payment: Payment,
      args: ConfigArg[],
      method: PaymentMethod,
    ) =>
      pass(ctx, {
        kind: 'capture',
        handler,
        method,
        order,
        payment,
        amount: payment.amount,
        metadata: {},
        invoke: callCtx => handler.settlePayment(callCtx, order, payment, args, method),
      }),

    cancelPayment: (
      ctx: RequestContext,
      order: Order,
      payment: Payment,
      args: ConfigArg[],
      method: PaymentMethod,
    ) =>
      pass(ctx, {
        kind: 'void',
        handler,
        method,
        order,
        payment,
        amount: payment.amount,
        metadata: {},
        invoke: callCtx => handler.cancelPayment(callCtx, order, payment, args, method),
      }),

    createRefund: (
      ctx: RequestContext,
      input: RefundOrderInput,
      amount: number,
      order: Order,
      payment: Payment,
      args: ConfigArg[],
      method: PaymentMethod,
    ) =>
      pass(ctx, {
        kind: 'refund',
        handler,
        method,
        order,
        payment,
        amount,
        metadata: {},
        invoke: callCtx => handler.createRefund(callCtx, input, amount, order, payment, args, method),
      }),
  };

  const standIn = new Proxy(handler, {
    get(target, property) {
      if (Object.hasOwn(standIns, property)) return Reflect.get(standIns, property) as unknown;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  gated.add(standIn);
  return standIn;
}
