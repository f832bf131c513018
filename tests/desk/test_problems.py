"""Problems: pages for people, RFC 9457 for programs."""


def test_what_is_not_there_is_a_page_for_people(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_what_is_not_there_is_a_problem_for_programs(client):
    answer = client.get("/api/v1/nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == 404
