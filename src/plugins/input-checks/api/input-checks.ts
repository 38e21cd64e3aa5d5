import { Injectable } from '@nestjs/common';
import {
  ConfigService,
  NegativeQuantityError,
  OrderLimitError,
  internal_getRequestContext,
  type ErrorResult,
} from '@vendure/core';
import { PasswordValidationError } from '@vendure/core/dist/common/error/generated-graphql-shop-errors';
import { messages } from '../messages';
import { findAddressProblem, type AddressTexts } from '../rules/address';
import { findEmailProblem } from '../rules/email-address';
import type { InputProblem } from '../rules/problem';

type Request = Parameters<typeof internal_getRequestContext>[0];

/** A problem becomes a GraphQL error; an error result is the mutation's answer, where it has one for the case. */
export type Refusal = InputProblem | ErrorResult | undefined;

/** @param args the mutation's arguments, which the schema has checked already */
export type InputCheck = (args: never, request: Request) => Refusal | Promise<Refusal>;

interface AddressArgs {
  input: AddressTexts;
}
interface EmailArgs {
  input: { emailAddress?: string | null };
}
interface RegistrationArgs {
  input: { emailAddress: string; password?: string | null };
}

/** Which mutations of both APIs are checked, and how. */
@Injectable()
export class InputChecks {
  private readonly byMutation: ReadonlyMap<string, InputCheck>;

  constructor(private readonly config: ConfigService) {
    const address = ({ input }: AddressArgs) => findAddressProblem(input);
    const email = ({ input }: EmailArgs) =>
      typeof input.emailAddress === 'string' ? findEmailProblem(input.emailAddress) : undefined;
    this.byMutation = new Map<string, InputCheck>([
      ['setOrderShippingAddress', address],
      ['setOrderBillingAddress', address],
      ['createCustomerAddress', address],
      ['updateCustomerAddress', address],
      ['setDraftOrderShippingAddress', address],
      ['setDraftOrderBillingAddress', address],
      ['setCustomerForOrder', email],
      ['createCustomer', email],
      ['updateCustomer', email],
      [
        'requestUpdateCustomerEmailAddress',
        (args: { newEmailAddress: string }) => findEmailProblem(args.newEmailAddress),
      ],
      ['registerCustomerAccount', (args: RegistrationArgs, request) => this.registration(args, request)],
      ['addItemToOrder', (args: { quantity: number }) => this.quantity(args.quantity)],
    ]);
  }

  of(mutation: string): InputCheck | undefined {
    return this.byMutation.get(mutation);
  }

  /** The platform checks the quantity only after it has made a cart for it. */
  private quantity(quantity: number): Refusal {
    if (quantity < 0) return new NegativeQuantityError();
    if (quantity === 0) return { key: 'error.quantity-not-positive' };
    const { orderItemsLimit, orderLineItemsLimit } = this.config.orderOptions;
    const maxItems = Math.min(orderItemsLimit, orderLineItemsLimit);
    return quantity > maxItems ? new OrderLimitError({ maxItems }) : undefined;
  }

  /** The platform checks the password only after it has made the customer, who would stay. */
  private async registration({ input }: RegistrationArgs, request: Request): Promise<Refusal> {
    const problem = findEmailProblem(input.emailAddress);
    if (problem !== undefined || !input.password) return problem;
    const context = internal_getRequestContext(request);
    const verdict = await this.config.authOptions.passwordValidationStrategy.validate(
      context,
      input.password,
    );
    if (verdict === true) return undefined;
    return new PasswordValidationError({
      validationErrorMessage: verdict === false ? messages.error['password-refused'] : verdict,
    });
  }
}
