/** A GraphQL document as text. One that a generator made carries the types of its variables and its answer. */
export type Document<Data, Variables> = string | (String & { __apiType?: (variables: Variables) => Data });

/** An error as GraphQL serves it. */
export interface GraphQLFault {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: unknown };
}

/** Codes after which the same request may succeed a little later. */
const PASSING = new Set(['UNAVAILABLE', 'RECONNECT', 'TIMEOUT', 'RATE_LIMITED', 'INTERNAL']);

/** Why an operation failed, in a sentence and as a code for programs. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** The server's `extensions.code`; else `NETWORK`, `HTTP_` or `SOCKET_` with a number, `CURSOR_REFUSED`, `NO_CURSOR`. */
  readonly code: string;
  /** Whether the same may succeed a little later. */
  readonly passing: boolean;
  /** What the server said, where it said so in GraphQL. */
  readonly faults: readonly GraphQLFault[];

  constructor(code: string, message: string, passing = false, faults: readonly GraphQLFault[] = []) {
    super(message);
    this.code = code;
    this.passing = passing;
    this.faults = faults;
  }

  /** The error of an operation that the server answered with errors. */
  static of(faults: readonly GraphQLFault[]) {
    const code = String(faults[0]?.extensions?.code ?? 'UNKNOWN');
    return new ApiError(code, faults[0]?.message ?? 'The server gave no reason.', PASSING.has(code), faults);
  }
}

/** Sends a query or a mutation over HTTP. Answers with its data, if that is whole; else throws an `ApiError`. */
export async function request<Data = any, Variables = Record<string, unknown>>(
  url: string | URL,
  document: Document<Data, Variables>,
  variables?: Variables,
  { headers, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Data> {
  const unreachable = (cause: unknown) => new ApiError('NETWORK', `The server could not be reached: ${cause}`, true);
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: String(document), variables }),
    signal: signal ?? null,
  }).catch((cause: unknown) => { throw unreachable(cause); });
  const text = await response.text().catch((cause: unknown) => { throw unreachable(cause); });
  const { data, errors } = parsed<Data>(text);
  if (errors?.length) throw ApiError.of(errors);
  if (data) return data;
  const { status } = response;
  throw new ApiError(`HTTP_${status}`, `The server answered with status ${status}.`, status === 429 || status >= 500);
}

/** A proxy in between may answer with a page of its own. */
function parsed<Data>(text: string): { data?: Data | null; errors?: GraphQLFault[] } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
