"""``python -m newsroom`` serves from a process of its own, day after day."""

import os
import signal
import subprocess
import sys
import urllib.request


def test_it_serves_lets_a_day_pass_and_ends() -> None:
    command = [sys.executable, "-u", "-m", "newsroom", "--articles", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            base_url = process.stdout.readline().strip()
            with urllib.request.urlopen(f"{base_url}/robots.txt", timeout=5) as response:
                assert b"Crawl-delay: 0.02" in response.read()
            os.kill(process.pid, signal.SIGUSR1)
            assert process.stdout.readline() == "day 1\n"
            with urllib.request.urlopen(f"{base_url}/the-thao", timeout=5) as response:
                assert "Thua ngược phút cuối" in response.read().decode()
            process.terminate()
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
