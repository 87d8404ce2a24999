import { expect, test } from 'vitest';
import { describeFindings, findingsIn } from '../src/findings.ts';

// As nginx 1.22 with libmodsecurity 3.0.9 writes them, shortened.
const log = `2026/11/23 22:00:00 [info] 7#7: *1 client 127.0.0.1 closed keepalive connection
2026/11/23 22:00:00 [info] 7#7: *1 ModSecurity: Warning. detected SQLi using libinjection. [file "/x"] [line "1"] [id "942100"] [rev ""] [msg "SQL Injection Attack Detected via libinjection"] [data "found within ARGS:q: '"] [severity "2"] [hostname "127.0.0.1"] [uri "/users"] [unique_id "1"] [ref ""], client: 127.0.0.1
2026/11/23 22:00:00 [error] 7#7: *1 [client 127.0.0.1] ModSecurity: Access denied with code 403 (phase 2). [file "/y"] [line "2"] [id "949110"] [rev ""] [msg "Inbound Anomaly Score Exceeded (Total Score: 5)"] [data ""] [uri "/users"] [unique_id "1"], client: 127.0.0.1
`;

test('rules, what they say and the path are read in order; other lines are none of them', () => {
  expect(findingsIn(log)).toEqual([
    { rule: '942100', message: 'SQL Injection Attack Detected via libinjection', path: '/users' },
    { rule: '949110', message: 'Inbound Anomaly Score Exceeded (Total Score: 5)', path: '/users' },
  ]);
});

test('each rule is told once, the most frequent first', () => {
  const [found, score] = findingsIn(log);
  const lines = describeFindings([found, score, score].filter((finding) => finding !== undefined));
  expect(lines).toEqual([
    '    2 x 949110 Inbound Anomaly Score Exceeded (Total Score: 5) (/users)',
    '    1 x 942100 SQL Injection Attack Detected via libinjection (/users)',
  ]);
});
