/// What the gateway's Prometheus API can do, whatever the upstream is, by the categories and names of Prometheus' own
/// answer. What depends on the upstream is left out, which clients take for no.
enum GatewayFeatures {
    static let byCategory = [
        "api": [
            "admin": false, "exclude_alerts": true, "label_values_match": true, "lifecycle": false,
            "otlp_write_receiver": false, "query_stats": true, "query_warnings": true, "remote_write_receiver": false,
            "time_range_labels": true, "time_range_series": true,
        ]
    ]
}
