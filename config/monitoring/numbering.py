"""The number of each request: taken from the proxy or made, and given back in the answer."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from acts import request_number


def numbered(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: everything that is logged while the request is answered has its number."""

    def answer(request):
        number = request_number.judged(request.headers.get(request_number.HEADER, ""))
        with request_number.known_as(number):
            response = get_response(request)
        response[request_number.HEADER] = number
        return response

    return answer
