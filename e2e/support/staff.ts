/**
 * The staff login and the secret of the test shops. Fixed, since the password's hash is in the template, which
 * outlives a run; it opens nothing but databases made for tests, on a server that listens on 127.0.0.1.
 */
export const STAFF = {
  username: 'e2e-staff',
  password: 'e2e-staff-password',
  cookieSecret: 'e2e-cookie-secret-of-at-least-32-characters',
} as const;
