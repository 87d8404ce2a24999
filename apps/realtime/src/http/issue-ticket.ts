import type { Caller } from '@seaworthy/chassis/auth';
import { problemResponses } from '@seaworthy/chassis/problem-responses';
import { route } from '@seaworthy/chassis/route';
import { IssuedTicket } from '@seaworthy/contracts/realtime';
import { checkOrigin } from '../origin.ts';
import { ticketSeconds } from '../tickets.ts';

interface World {
  tickets: { issue(caller: Caller): string };
  allowedOrigins: readonly string[];
}

/** `POST /tickets` */
export function issueTicket({ tickets, allowedOrigins }: World) {
  return route({
    schema: {
      operationId: 'issueTicket',
      summary: 'Issue a ticket for a URL',
      description:
        'A page shows it as the parameter `ticket` of `/ws` or `/events` instead of its access token, and may do there ' +
        'what the token allows. Good for 30 seconds, and once in each replica.',
      response: { 200: IssuedTicket, ...problemResponses('forbidden', 'unavailable') },
    },
    handler: async ({ caller, headers }, reply) => {
      checkOrigin(headers, allowedOrigins);
      reply.header('cache-control', 'no-store');
      return { ticket: tickets.issue(caller), expiresInSeconds: ticketSeconds };
    },
  });
}
