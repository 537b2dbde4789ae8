import AsyncHTTPClient
import Hummingbird
import Store
