/** The types of the HTTP API, generated from its OpenAPI document; `npm run docs` writes this file. */

export interface paths {
    "/v1/issuances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the source’s issuances with a status */
        get: operations["list"];
        put?: never;
        /**
         * Ask for a credential
         * @description After a 5xx, a 429 or no answer, repeat the request with the same key. The credential is issued later and can still fail.
         */
        post: operations["issue"];
        delete?: never;
        options?: never;
        /** List the source’s issuances with a status: the headers only */
        head: operations["headList"];
        patch?: never;
        trace?: never;
    };
    "/v1/events/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answer the challenge of a sender
         * @description For senders that check the endpoint with a GET, if the source has a `challenge`. Other sources answer like a source that does not exist.
         */
        get: operations["challenge"];
        put?: never;
        /**
         * Receive a webhook of a configured source
         * @description The source is verified as its configuration says, by headers of its own, and its rules map the event, or each of several events, to an issuance.
         */
        post: operations["receive"];
        delete?: never;
        /**
         * Allow the events of a sender of CloudEvents
         * @description Abuse protection of CloudEvents, if the source has such a `challenge` with this origin.
         */
        options: operations["allowOrigin"];
        /**
         * Answer the challenge of a sender: the headers only
         * @description For senders that check the endpoint with a GET, if the source has a `challenge`. Other sources answer like a source that does not exist.
         */
        head: operations["headChallenge"];
        patch?: never;
        trace?: never;
    };
    "/v1/events/{source}/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answer the challenge of a sender, whose proof is a token in the path
         * @description For senders that check the endpoint with a GET, if the source has a `challenge`. Other sources answer like a source that does not exist.
         */
        get: operations["challengeByToken"];
        put?: never;
        /**
         * Receive a webhook of a source whose proof is a token in the path
         * @description The source is verified as its configuration says, by headers of its own, and its rules map the event, or each of several events, to an issuance.
         */
        post: operations["receiveByToken"];
        delete?: never;
        /**
         * Allow the events of a sender of CloudEvents, whose proof is a token in the path
         * @description Abuse protection of CloudEvents, if the source has such a `challenge` with this origin.
         */
        options: operations["allowOriginByToken"];
        /**
         * Answer the challenge of a sender, whose proof is a token in the path: the headers only
         * @description For senders that check the endpoint with a GET, if the source has a `challenge`. Other sources answer like a source that does not exist.
         */
        head: operations["headChallengeByToken"];
        patch?: never;
        trace?: never;
    };
    "/v1/issuances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an issuance */
        get: operations["show"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** Show an issuance: the headers only */
        head: operations["headShow"];
        patch?: never;
        trace?: never;
    };
    "/v1/issuances/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry a failed, uncertain or superseded issuance */
        post: operations["retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health check */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** Health check: the headers only */
        head: operations["headHealth"];
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** OpenAPI document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        /** OpenAPI document: the headers only */
        head: operations["headOpenapi"];
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        IssuanceRequest: {
            /** @description Name of a program of this environment */
            program: string;
            /** @description An e-mail address at AIR Kit, the external key of a wallet at Credenco */
            holder: string;
            /** @description The credential subject, as the program’s schema describes it */
            claims: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When the event happened: RFC 3339 with an offset. Among events of a holder, the newest wins.
             */
            occurredAt: string;
        };
        Issuance: {
            id: string;
            status: components["schemas"]["Status"];
            program: string;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            acceptedAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description The number of attempts */
            attempts: number;
            /**
             * @description With `confirmed`: what the confirmation proves
             * @enum {string}
             */
            assurance?: "on-chain" | "trust-verified" | "provider-reported";
            /** @description The assurance as a sentence */
            assuranceNote?: string;
            /**
             * @description The credential was only offered in the wallet’s inbox, where someone has to accept it
             * @constant
             */
            offered?: "inbox";
            /**
             * @description The holder keeps an older credential; these claims were not issued
             * @constant
             */
            existing?: true;
            /**
             * @description A newer credential of the same holder and program was issued before this one was confirmed
             * @constant
             */
            replaced?: true;
            /** @description With `failed`: the number of older issuances that are not issued because of this one */
            superseded?: number;
            /** @description The reason for the status, and what to do */
            reason?: {
                code: components["schemas"]["Code"];
                title: string;
                advice: string;
                detail?: string;
            };
            /** @description The provider’s ids of the credential */
            receipt?: {
                [key: string]: string;
            };
            /** @description The first and the latest 19 changes of status */
            history: {
                /** Format: date-time */
                at: string;
                status: components["schemas"]["Status"];
                code?: components["schemas"]["Code"];
            }[];
        };
        /** @enum {string} */
        Status: "queued" | "submitting" | "submitted" | "unconfirmed" | "uncertain" | "confirmed" | "failed" | "superseded";
        /** @description A stable code. New codes may be added; docs/errors.md describes each. */
        Code: string;
        /** @description RFC 9457 problem details */
        Problem: {
            type: string;
            title: string;
            status: number;
            code: components["schemas"]["Code"];
            /** @description The field or part that is wrong */
            detail?: string;
            /** @description What the caller should do */
            advice: string;
        };
        /** @description An answer of API Gateway itself */
        GatewayError: {
            message: string;
        };
        IgnoredEvent: {
            /** @constant */
            ignored: true;
            code?: components["schemas"]["Code"];
        };
        /** @description The result of each event, in the order of the delivery */
        SplitDelivery: {
            /** @constant */
            ignored?: true;
            results: (components["schemas"]["EventResult"] | components["schemas"]["IgnoredEvent"])[];
        };
        EventResult: {
            id: string;
            status: components["schemas"]["Status"];
            rule: string;
            /** @constant */
            replayed?: true;
        };
        AcceptedEvent: components["schemas"]["Issuance"] & {
            rule: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The id of the request; quote it when you report a problem. Answers of API Gateway itself have apigw-requestid instead. */
        RequestId: string;
        /** @description Whether the answer may be kept */
        CacheControl: "no-store" | "no-cache";
        /** @description The path of the issuance, with the mapping key of a custom domain */
        Location: string;
        /** @description Only if an earlier request with this idempotency key created the issuance */
        IdempotentReplayed: "true";
        /** @description The version of the document; send it as If-None-Match */
        ETag: string;
        /** @description RFC 6750: without an error if no token was sent; invalid_token for a token that is not known; insufficient_scope with the scope that the token lacks */
        WwwAuthenticate: string;
        /** @description Seconds after which the request may be repeated. Without it, wait a second, and double the pause each time. */
        RetryAfter: number;
        /** @description The answer is no page */
        ContentTypeOptions: "nosniff";
        /** @description Events are sent with POST */
        AllowPost: "POST";
        /** @description The methods of this path */
        Allow: string;
        /** @description The sender that may send */
        AllowedOrigin: string;
        /** @description Events per minute */
        AllowedRate: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list: {
        parameters: {
            query: {
                status: components["schemas"]["Status"];
                limit?: number;
                /** @description The `next` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. It may be short or even empty and still have a `next`. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        issuances: components["schemas"]["Issuance"][];
                        next?: string;
                    };
                };
            };
            /** @description A query parameter is not valid */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token is missing or unknown */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not have the required scope */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    issue: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same each time this event is sent, such as the event’s own id: 1 to 255 printable ASCII characters. The same key with the same body gives the same issuance, permanently.
                 * @example kyc-4711
                 */
                "Idempotency-Key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssuanceRequest"];
            };
        };
        responses: {
            /** @description Stored and queued. With the header idempotent-replayed: true, the issuance that an earlier request with this key created. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    location: components["headers"]["Location"];
                    "idempotent-replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Issuance"];
                };
            };
            /** @description The body is not JSON; The idempotency key is missing; The idempotency key is not valid */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The bearer token is missing or unknown */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not have the required scope */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large; From API Gateway: more than 10 MB */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The content type is not application/json; The charset of the body is not UTF-8; Compressed bodies are not accepted */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not have the expected shape; The request has more than 16 levels of nesting or more than 1,000 values; This idempotency key was used before with another payload; There is no such program; The holder is not valid; The claims do not match the program’s schema; occurredAt is missing or is not a valid date and time; occurredAt is in the future */
            422: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    headList: {
        parameters: {
            query: {
                status: components["schemas"]["Status"];
                limit?: number;
                /** @description The `next` of the previous page */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. It may be short or even empty and still have a `next`. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A query parameter is not valid */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The bearer token is missing or unknown */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The token does not have the required scope */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    challenge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the sender wants to see again */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This method is not allowed for this path */
            405: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    receive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/x-www-form-urlencoded": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description No rule of the source matches, so nothing is issued. This is not an error. Or, if the source splits deliveries: every event is stored and queued, or ignored. Or the answer to a challenge of the sender. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/json": (components["schemas"]["IgnoredEvent"] | components["schemas"]["SplitDelivery"]) | {
                        [key: string]: string;
                    };
                };
            };
            /** @description Stored and queued, with the name of the rule that matched. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    location: components["headers"]["Location"];
                    "idempotent-replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedEvent"];
                };
            };
            /** @description The body is not JSON; The idempotency key is not valid */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large; From API Gateway: more than 10 MB */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The content type is not application/json; The charset of the body is not UTF-8; Compressed bodies are not accepted */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not have the expected shape; The request has more than 16 levels of nesting or more than 1,000 values; A rule of the source could not be applied to this event; This idempotency key was used before with another payload; There is no such program; The holder is not valid; The claims do not match the program’s schema; occurredAt is missing or is not a valid date and time; occurredAt is in the future */
            422: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    allowOrigin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The origin may send events */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    allow: components["headers"]["AllowPost"];
                    "webhook-allowed-origin": components["headers"]["AllowedOrigin"];
                    "webhook-allowed-rate": components["headers"]["AllowedRate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This method is not allowed for this path */
            405: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    headChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the sender wants to see again */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description This method is not allowed for this path */
            405: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    challengeByToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the sender wants to see again */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This method is not allowed for this path */
            405: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    receiveByToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/x-www-form-urlencoded": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description No rule of the source matches, so nothing is issued. This is not an error. Or, if the source splits deliveries: every event is stored and queued, or ignored. Or the answer to a challenge of the sender. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/json": (components["schemas"]["IgnoredEvent"] | components["schemas"]["SplitDelivery"]) | {
                        [key: string]: string;
                    };
                };
            };
            /** @description Stored and queued, with the name of the rule that matched. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    location: components["headers"]["Location"];
                    "idempotent-replayed": components["headers"]["IdempotentReplayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedEvent"];
                };
            };
            /** @description The body is not JSON; The idempotency key is not valid */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large; From API Gateway: more than 10 MB */
            413: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The content type is not application/json; The charset of the body is not UTF-8; Compressed bodies are not accepted */
            415: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request does not have the expected shape; The request has more than 16 levels of nesting or more than 1,000 values; A rule of the source could not be applied to this event; This idempotency key was used before with another payload; There is no such program; The holder is not valid; The claims do not match the program’s schema; occurredAt is missing or is not a valid date and time; occurredAt is in the future */
            422: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    allowOriginByToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The origin may send events */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    allow: components["headers"]["AllowPost"];
                    "webhook-allowed-origin": components["headers"]["AllowedOrigin"];
                    "webhook-allowed-rate": components["headers"]["AllowedRate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This method is not allowed for this path */
            405: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    headChallengeByToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of a source of the environment’s configuration */
                source: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the sender wants to see again */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "x-content-type-options": components["headers"]["ContentTypeOptions"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request could not be verified as coming from the source in the path */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description This method is not allowed for this path */
            405: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    show: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the issuance */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The issuance */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Issuance"];
                };
            };
            /** @description The bearer token is missing or unknown */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not have the required scope */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such issuance */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    headShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the issuance */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The issuance */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The bearer token is missing or unknown */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The token does not have the required scope */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such issuance */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the issuance */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The issuance, queued again */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Issuance"];
                };
            };
            /** @description The bearer token is missing or unknown */
            401: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The token does not have the required scope */
            403: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "www-authenticate": components["headers"]["WwwAuthenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such issuance */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The issuance cannot be retried in its current status; A newer event for the same holder and program has not failed */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Holder and claims of this issuance have been deleted */
            410: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description An internal error occurred; From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description The request could not be stored or queued; From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API answers */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    headHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The API answers */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the document that the caller has */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document, in OpenAPI 3.1, with the address at which it was requested */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The document has not changed */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
            /** @description From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayError"];
                };
            };
        };
    };
    headOpenapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the document that the caller has */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document, in OpenAPI 3.1, with the address at which it was requested */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The document has not changed */
            304: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    etag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: more requests than the environment allows */
            429: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: the function did not run */
            500: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description From API Gateway: the function did not run, or answered too late */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "cache-control": components["headers"]["CacheControl"];
                    "retry-after": components["headers"]["RetryAfter"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
/** The codes of this version; answers may have others. */
export type KnownCode =
    | "request-not-json"
    | "request-invalid"
    | "request-too-large"
    | "request-too-deep"
    | "content-type-unsupported"
    | "charset-unsupported"
    | "content-encoding-unsupported"
    | "idempotency-key-missing"
    | "idempotency-key-invalid"
    | "idempotency-key-reused"
    | "program-unknown"
    | "holder-invalid"
    | "claims-invalid"
    | "occurred-at-invalid"
    | "occurred-at-in-future"
    | "query-invalid"
    | "unauthorized"
    | "source-unverified"
    | "rule-failed"
    | "scope-missing"
    | "issuance-not-retryable"
    | "newer-event-stands"
    | "personal-data-gone"
    | "route-not-found"
    | "method-not-allowed"
    | "issuance-not-found"
    | "service-unavailable"
    | "internal-error"
    | "provider-rejected-claims"
    | "provider-refused-signature"
    | "provider-feature-disabled"
    | "provider-program-not-found"
    | "holder-refused-consent"
    | "provider-refused-login"
    | "wallet-unknown"
    | "wallet-refuses-direct-issue"
    | "offer-unusable"
    | "credential-exchange-failed"
    | "duplicate-or-refused"
    | "provider-refused-request"
    | "provider-rate-limited"
    | "calls-limited"
    | "provider-unavailable"
    | "provider-unreachable"
    | "signing-key-unavailable"
    | "secret-unavailable"
    | "provider-answer-lost"
    | "provider-answer-unreadable"
    | "provider-unavailable-in-doubt"
    | "outcome-settling"
    | "holder-erased"
    | "retries-exhausted"
    | "outcome-unknown"
    | "not-confirmed-in-time"
    | "waits-in-inbox"
    | "provider-lost-track"
    | "credential-revoked"
    | "overtaken"
    | "program-removed"
    | "circuit-open"
    | "slot-busy"
    | "lease-lost"
    | "lookup-unavailable"
    | "lookup-refused"
    | "lookup-answer-unusable"
    | "holder-not-found"
    | "holder-unusable"
    | "message-version-unknown"
    | "source-unknown"
    | "issuance-missing";
