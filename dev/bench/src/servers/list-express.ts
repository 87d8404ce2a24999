import { readFileSync } from 'node:fs';
import express from 'express';

// As its guide shows it: the list is turned into JSON, and the JSON into an ETag, for every request.
const [port, path = '', file = ''] = process.argv.slice(2);
const list: unknown = JSON.parse(readFileSync(file, 'utf8'));

const app = express();
app.get(path.replace(/\?.*/, ''), (_request, response) => void response.json(list));
app.listen(Number(port), '127.0.0.1');
