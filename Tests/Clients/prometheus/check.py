"""Asks Prometheus and a gateway before it with prometheus-api-client: where one tenant owns all data, the answers are the
same.

usage: check.py PROMETHEUS GATEWAY TOKEN_FILE INSTANT
"""
import datetime
import sys

from prometheus_api_client import PrometheusApiClientException, PrometheusConnect

prometheus, gateway, token_file, instant = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
with open(token_file) as file:
    token = file.read().strip()
direct = PrometheusConnect(url=prometheus)
confined = PrometheusConnect(url=gateway + "/prometheus", headers={"Authorization": f"Bearer {token}"})
end = datetime.datetime.fromtimestamp(instant)
start = end - datetime.timedelta(minutes=20)
at = {"time": instant}


def failed(call):
    """What the client makes of a refusal."""
    try:
        return "answered", call()
    except PrometheusApiClientException as error:
        return "refused", str(error)


def ordered(answer):
    """The elements of a vector come in no order."""
    return sorted(answer, key=repr) if isinstance(answer, list) else answer


QUESTIONS = {
    "all metrics": lambda client: client.all_metrics(),
    "label names": lambda client: client.get_label_names(),
    "label values": lambda client: client.get_label_values("job"),
    "values of the tenant label": lambda client: client.get_label_values("tenant_id"),
    "an instant query": lambda client: client.custom_query("sum by (job) (rate(requests_total[5m]))", params=at),
    "a query of a selector": lambda client: client.custom_query('load{job="api"}', params=at),
    "a scalar": lambda client: client.custom_query("scalar(max(limit))", params=at),
    "a query of nothing": lambda client: client.custom_query("nothing", params=at),
    "a range query": lambda client: client.custom_query_range("avg(temperature)", start, end, "60"),
    "current values": lambda client: client.get_current_metric_value("load", {"job": "db"}, params=at),
    "values over time": lambda client: client.get_metric_range_data("temperature", start_time=start, end_time=end),
    "series": lambda client: client.get_series(start, end, {"match[]": ['load{job="api"}', "up"]}),
    "metadata": lambda client: client.get_metric_metadata(None),
    "metadata of one metric": lambda client: client.get_metric_metadata("live_load", limit_per_metric=1),
    "a broken query": lambda client: failed(lambda: client.custom_query("sum(load", params=at))[0],
}
wrong = 0
for name, ask in QUESTIONS.items():
    one, other = ordered(ask(direct)), ordered(ask(confined))
    if one != other:
        print(f"    FAILED: {name}\n      Prometheus: {one}\n      the gateway: {other}")
        wrong += 1
    elif not one and name != "a query of nothing":
        print(f"    FAILED: {name}: nothing came back")
        wrong += 1
    else:
        print(f"    ok: {name}")
sys.exit(1 if wrong else 0)
