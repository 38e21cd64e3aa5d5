/** A step over HTTP on a busy machine, with a mail to wait for. Tests that restart processes set their own. */
jest.setTimeout(60_000);
