"""`tocsin doctor` in a pipe: a line for each thing, and an exit code that scripts can go by."""


def test_doctor_says_that_everything_works(tocsin, crisis):
    done = tocsin("doctor", "--store", crisis)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    assert {line.split()[0] for line in lines} <= {"ok", "note"}
    assert b"\x1b" not in done.stdout


def test_doctor_fails_where_the_store_that_is_named_is_not_there(tocsin, tmp_path):
    done = tocsin("doctor", "--store", tmp_path / "none")
    assert done.returncode == 1
    assert "wrong Store: there is no such store" in done.stdout.decode()
