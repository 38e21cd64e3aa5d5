import type { CustomerDraft } from '../people/customer';
import type { Customers } from '../people/customers';
import { timestamp } from './copy-text';
import { inBatches, indexes } from './in-batches';
import type { LoadContext } from './load-context';

const BATCH = 5_000;
const STAMP = ['createdAt', 'updatedAt', 'id'];
const HOUR_MS = 3_600_000;

/**
 * Writes customers, their accounts and their addresses. The simulation of orders must have run: a guest dates
 * from the first order.
 *
 * @param passwordHash of the password that all accounts share
 * @returns the id of the customer with index 0; the others follow
 */
export async function loadCustomers(
  context: LoadContext,
  customers: Customers,
  passwordHash: string,
  onProgress: (done: number) => void,
): Promise<number> {
  const first = context.ids.reserve('customer', customers.size);
  const rows = new CustomerRows(context, passwordHash);
  await inBatches(
    context.writer,
    BATCH,
    indexes(customers.size),
    index => rows.add(first + index, customers.draft(index), customers.createdAt[index] as number),
    onProgress,
  );
  return first;
}

class CustomerRows {
  private readonly tables;

  constructor(
    private readonly context: LoadContext,
    private readonly passwordHash: string,
  ) {
    const { writer } = context;
    this.tables = {
      user: writer.table('user', [...STAMP, 'identifier', 'verified', 'lastLogin']),
      userRole: writer.table('user_roles_role', ['userId', 'roleId']),
      login: writer.table('authentication_method', [
        ...STAMP,
        'identifier',
        'passwordHash',
        'type',
        'userId',
      ]),
      customer: writer.table('customer', [
        ...STAMP,
        'title',
        'firstName',
        'lastName',
        'phoneNumber',
        'emailAddress',
        'userId',
        'customFieldsGender',
        'customFieldsBirthdate',
      ]),
      channel: writer.table('customer_channels_channel', ['customerId', 'channelId']),
      address: writer.table('address', [
        ...STAMP,
        'fullName',
        'streetLine1',
        'streetLine2',
        'city',
        'province',
        'postalCode',
        'phoneNumber',
        'defaultShippingAddress',
        'defaultBillingAddress',
        'customerId',
        'countryId',
      ]),
      history: writer.table('history_entry', [
        ...STAMP,
        'type',
        'isPublic',
        'data',
        'discriminator',
        'customerId',
      ]),
    };
  }

  add(id: number, draft: CustomerDraft, createdAt: number): void {
    const { tables } = this;
    const { ids, base } = this.context;
    const time = timestamp(createdAt);
    const userId = draft.registered ? this.addAccount(draft, time) : undefined;
    tables.customer.row(
      time,
      time,
      id,
      undefined,
      draft.firstName,
      draft.lastName,
      draft.phoneNumber,
      draft.emailAddress,
      userId,
      draft.gender,
      draft.birthDate === undefined ? undefined : timestamp(draft.birthDate),
    );
    tables.channel.row(id, base.channelId);
    if (!draft.registered) return;
    draft.addresses.forEach((address, position) =>
      tables.address.row(
        time,
        time,
        ids.take('address'),
        address.fullName,
        address.streetLine1,
        address.streetLine2,
        address.city,
        address.province,
        address.postalCode,
        address.phoneNumber,
        position === 0,
        position === 0,
        id,
        base.countries.get(address.country)?.id,
      ),
    );
    const strategy = JSON.stringify({ strategy: 'native' });
    const entry = (at: number, type: string) =>
      tables.history.row(
        timestamp(at),
        timestamp(at),
        ids.take('history_entry'),
        type,
        false,
        strategy,
        'CustomerHistoryEntry',
        id,
      );
    entry(createdAt, 'CUSTOMER_REGISTERED');
    entry(createdAt + HOUR_MS / 4, 'CUSTOMER_VERIFIED');
  }

  private addAccount(draft: CustomerDraft, time: string): number {
    const { ids, base } = this.context;
    const userId = ids.take('user');
    this.tables.user.row(time, time, userId, draft.emailAddress, true, undefined);
    this.tables.userRole.row(userId, base.customerRoleId);
    this.tables.login.row(
      time,
      time,
      ids.take('authentication_method'),
      draft.emailAddress,
      this.passwordHash,
      'NativeAuthenticationMethod',
      userId,
    );
    return userId;
  }
}
