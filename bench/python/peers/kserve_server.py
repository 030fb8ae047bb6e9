"""A model of KServe's, which does what its xgbserver does: a DMatrix of the rows, and predict.

    kserve_server.py MODEL --http_port P --workers N ...
"""

import sys

import kserve
import numpy
import xgboost


class XGBoostModel(kserve.Model):
    def __init__(self, file):
        super().__init__("model")
        self.booster = xgboost.Booster({"nthread": 1}, model_file=file)
        self.ready = True

    def predict(self, payload, headers=None):
        # Floats at once, where xgbserver leaves the type to NumPy: it would not take null.
        rows = numpy.array(payload["instances"], dtype=numpy.float32)
        result = self.booster.predict(xgboost.DMatrix(rows, nthread=1))
        return {"predictions": result.tolist()}


if __name__ == "__main__":
    kserve.ModelServer().start([XGBoostModel(sys.argv[1])])
