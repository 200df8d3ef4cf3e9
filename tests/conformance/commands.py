"""Check 10: what a shell and a scheduler see: exit codes, silent pipes, no escape codes, no half-written folder, same bytes."""

import os
import pathlib
import signal
import subprocess
import tempfile
import time

from written import fail, main

BYLINE = os.environ['BYLINE']


def run(*arguments, **more):
    return subprocess.run([BYLINE, *map(str, arguments)], capture_output=True, **more)


def tree(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def check(work):
    every = ['--format', 'csv,jsonl,parquet', '--csvw', '--keyness-top', '20']
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        for number, threads in enumerate((1, 8)):
            done = run('run', work / 'nasty', '-o', scratch / f'{threads}', *every, '--threads', threads)
            if done.returncode != 0 or b'\x1b' in done.stderr or done.stdout:
                fail(f'a run with {threads} threads: {done}')
        if not tree(scratch / '1') == tree(scratch / '8') == tree(work / 'spreadsheet'):
            fail('outputs differ between runs or numbers of threads')
        if run('run', '--no-such-option').returncode != 2 or run('run', work / 'nasty', '--delimiter', 'x').returncode != 2:
            fail('a wrong command line does not end with 2')
        if run('run', scratch / 'nowhere', '-o', scratch / 'o').returncode != 1:
            fail('a missing input does not end with 1')
        head = subprocess.run(
            f'set -o pipefail; "{BYLINE}" inspect "{work}/nasty" | head -1', shell=True, executable='/bin/bash', capture_output=True)
        told = head.stderr.lower()
        if head.returncode != 0 or any(word in told for word in (b'pipe', b'error', b'panic', b'\x1b')):
            fail(f'inspect | head: {head}')
        stopped(work, scratch)
    return 'commands: same bytes on 1 and 8 threads, exit codes, silent pipes, no escape codes, nothing left by SIGINT'


def stopped(work, scratch):
    """An interrupted run leaves the folder of the run before as it was, and nothing beside it."""
    folder = scratch / 'stopped'
    folder.mkdir()
    big = folder / 'big.jsonl'
    line = (work / 'nasty' / 'articles.jsonl').read_bytes()
    big.write_bytes(line * 60)
    hits = 0
    for wait in (0.05, 0.2, 0.5, 1.0):
        process = subprocess.Popen([BYLINE, 'run', str(big), '-o', str(folder / 'out'), '--duplicates', 'keep'], stderr=subprocess.PIPE)
        time.sleep(wait)
        process.send_signal(signal.SIGINT)
        process.communicate()
        if process.returncode == 0:
            break
        hits += 1
        if process.returncode not in (130, -signal.SIGINT) or sorted(path.name for path in folder.iterdir()) != ['big.jsonl']:
            fail(f'SIGINT after {wait} s: exit {process.returncode}, left {sorted(path.name for path in folder.iterdir())}')
    if hits == 0:
        fail('no run was long enough to be interrupted')


main(check)
