"""A middleware for tests: report in the answer which stamp of arrival the request got.  R-03"""

HEADER = "X-Arrived-At"


def telling_arrival(get_response):
    def answer(request):
        response = get_response(request)
        if arrived_at := getattr(request, "arrived_at", None):
            response[HEADER] = arrived_at.isoformat()
        return response

    return answer
