import type { AdminClient } from '../support/admin-client';

/** Makes a member of staff who has these permissions and no others. */
export async function createClerk(
  admin: AdminClient,
  emailAddress: string,
  password: string,
  permissions: readonly string[],
): Promise<void> {
  const { createRole } = await admin.api.request<{ createRole: { id: string } }>(
    `mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }`,
    { input: { code: emailAddress, description: 'Clerk', permissions } },
  );
  await admin.api.request(
    `mutation ($input: CreateAdministratorInput!) { createAdministrator(input: $input) { id } }`,
    {
      input: { emailAddress, password, firstName: 'Cleo', lastName: 'Clerk', roleIds: [createRole.id] },
    },
  );
}
