"""Problems: pages for people, RFC 9457 for programs."""

from fastapi import FastAPI
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient

from tocsin.publish.desk.problems import handle_problems


def test_visitor_who_leaves_is_no_fault(caplog):
    app = FastAPI()
    handle_problems(app)

    @app.get("/")
    def leave():
        raise ClientDisconnect

    assert TestClient(app).get("/").status_code == 400
    assert caplog.records == []


def test_what_is_not_there_is_a_page_for_people(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_what_is_not_there_is_a_problem_for_programs(client):
    answer = client.get("/api/v1/nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 404


def test_page_of_what_is_not_there_names_it_and_does_not_ask_to_try_again(client):
    page = client.get("/nowhere").text
    assert "<h1>Nothing is here</h1>" in page
    assert "there is nothing at this address" in page
    assert "/nowhere" in page
    assert "Try again" not in page
