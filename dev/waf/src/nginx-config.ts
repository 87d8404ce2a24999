import type { Installation } from './installation.ts';

/** Where a firewall listens and what is behind it. */
export interface Passage {
  port: number;
  /** The address of the program, such as `http://127.0.0.1:8080`. */
  upstream: string;
}

/** What ModSecurity has to say of requests, in the folder of its nginx. */
export const logFile = 'requests.log';

const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** The settings of an nginx that needs no root, writes below its own folder only and lets nothing pass unseen. */
export function nginxConfig({ module }: Installation, { port, upstream }: Passage): string {
  return `load_module ${module};
daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr notice;
events { worker_connections 512; }
http {
  access_log off;
  error_log ${logFile} info; # the level of what ModSecurity says
${temporary.map((name) => `  ${name}_temp_path ${name};`).join('\n')}
  modsecurity on;
  modsecurity_rules_file rules.conf;
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 64k; # what the program takes
    location / {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host; # Location and Link in answers may be made of it
    }
  }
}
`;
}

/** The rules in their order: the engine, blocking; the Core Rule Set's settings; our exclusions; its rules. */
export function rulesConfig({ engine, setup, rules }: Installation, folder: string): string {
  return `Include ${engine}
SecRuleEngine On
SecAuditEngine Off
# Would ask a server in the internet for the newest version.
SecStatusEngine Off
SecTmpDir ${folder}
SecDataDir ${folder}
Include ${setup}
Include ${folder}/exclusions.conf
Include ${rules}/*.conf
`;
}
