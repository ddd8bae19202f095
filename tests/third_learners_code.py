"""A third set of backward passes, as courses and blogs teach them: written before `diagnose` was run on one of them.

A style is a module of its own: the data, the parameters as that author keeps them, ``backward``, the cost ``J`` it belongs
to, and ``gradients``, which reads them off what ``backward`` does. A variant exchanges lines. Its names are those of
the mistakes made there: "a|b" where both give the same numbers, "?" where it is wrong without a name, "" where it is right.
"""

# ruff: noqa: E501  (a line of a learner's code and what it is swapped for stand side by side)
import linecache
from types import SimpleNamespace

TRASK = """
import numpy as np
rng = np.random.default_rng(11)
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1.0], [0.5, 1, 1]])
Y = np.array([[0], [1], [1], [0], [1.0]])
activations, loss, told = ["sigmoid", "sigmoid"], "squared_error", {"returns": "parameters", "learning_rate": 1.0}

def params():
    return [rng.normal(size=(3, 4)), rng.normal(size=(4, 1))]

def nonlin(x, deriv=False):
    if deriv:
        return x * (1 - x)
    return 1 / (1 + np.exp(-x))

def train(weights, X, y):
    syn0, syn1 = weights
    l0 = X
    l1 = nonlin(np.dot(l0, syn0))
    l2 = nonlin(np.dot(l1, syn1))
    l2_error = y - l2
    l2_delta = l2_error * nonlin(l2, deriv=True)
    l1_error = l2_delta.dot(syn1.T)
    l1_delta = l1_error * nonlin(l1, deriv=True)
    syn1 += l1.T.dot(l2_delta)
    syn0 += l0.T.dot(l1_delta)
    return syn0, syn1

backward = train

def J(params, X, Y):
    return 0.5 * np.sum((nonlin(nonlin(X @ params[0]) @ params[1]) - Y) ** 2)

def gradients(params, X, Y):
    before = [p.copy() for p in params]
    return [b - a for b, a in zip(before, train(params, X, Y))]
"""

PROPAGATE = """
import numpy as np
rng = np.random.default_rng(12)
X, Y = rng.normal(size=(4, 7)), np.array([[1, 0, 0, 1, 1, 0, 1]])
activations, loss, told = ["sigmoid"], "binary_cross_entropy", {}

def params():
    return {"w": rng.normal(size=(4, 1)), "b": 0.3}

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    cost = np.squeeze(cost)
    grads = {"dw": dw, "db": db}
    return grads, cost

backward = propagate

def J(params, X, Y):
    A = sigmoid(params["w"].T @ X + params["b"])
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))

def gradients(params, X, Y):
    grads, _ = propagate(params["w"], params["b"], X, Y)
    return [grads["dw"], grads["db"]]
"""

NIELSEN = """
import numpy as np
rng = np.random.default_rng(13)
X, Y = rng.normal(size=(3, 6)), np.eye(2)[:, [0, 1, 1, 0, 1, 0]]
activations, loss, told = ["sigmoid", "sigmoid", "sigmoid"], "squared_error", {}
OWN = ["biases", "weights"]

class Network:
    def __init__(self, sizes):
        self.num_layers = len(sizes)
        self.biases = [rng.normal(size=(y, 1)) for y in sizes[1:]]
        self.weights = [rng.normal(size=(y, x)) for x, y in zip(sizes[:-1], sizes[1:])]

    def gradient(self, X, Y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        for x, y in zip(X.T, Y.T):
            delta_b, delta_w = self.backprop(x.reshape(-1, 1), y.reshape(-1, 1))
            nabla_b = [nb + dnb for nb, dnb in zip(nabla_b, delta_b)]
            nabla_w = [nw + dnw for nw, dnw in zip(nabla_w, delta_w)]
        return nabla_b, nabla_w

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation = x
        activations = [x]
        zs = []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = sigmoid(z)
            activations.append(activation)
        delta = self.cost_derivative(activations[-1], y) * sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            z = zs[-l]
            sp = sigmoid_prime(z)
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return (nabla_b, nabla_w)

    def cost_derivative(self, output_activations, y):
        return output_activations - y

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))

def params():
    return Network([3, 4, 3, 2])

def backward(net, X, Y):
    return net.gradient(X, Y)

def J(net, X, Y):
    a = X
    for b, w in zip(net.biases, net.weights):
        a = sigmoid(w @ a + b)
    return 0.5 * np.sum((a - Y) ** 2)

def gradients(net, X, Y):
    nabla_b, nabla_w = net.gradient(X, Y)
    return [*nabla_b, *nabla_w]
"""

MASTERY = """
import numpy as np
from math import exp
rng = np.random.default_rng(14)
X = [[2.78, 2.55, 0.3], [1.46, 2.36, -0.4], [3.39, 4.4, 0.9], [1.38, 1.85, 0.2], [3.06, 3.0, -1.1]]
Y = [[1, 0], [1, 0], [0, 1], [1, 0], [0, 1]]
activations, loss, told = ["sigmoid", "sigmoid"], "squared_error", {}

def params():
    return [[[0.13, -0.84, 0.36, 0.76], [0.2, 0.4, -0.5, 0.1], [-0.3, 0.15, 0.25, -0.6], [0.7, -0.2, 0.11, 0.05]],
            [[0.25, -0.45, 0.9, 0.3, 0.65], [0.44, 0.19, -0.7, -0.2, 0.09]]]

def activate(weights, inputs):
    activation = weights[-1]
    for i in range(len(weights) - 1):
        activation += weights[i] * inputs[i]
    return activation

def transfer(activation):
    return 1.0 / (1.0 + exp(-activation))

def transfer_derivative(output):
    return output * (1.0 - output)

def forward_propagate(network, row):
    outputs = []
    inputs = row
    for layer in network:
        new_inputs = []
        for neuron in layer:
            new_inputs.append(transfer(activate(neuron, inputs)))
        outputs.append(new_inputs)
        inputs = new_inputs
    return outputs

def backward_propagate_error(network, outputs, expected):
    deltas = [None] * len(network)
    for i in reversed(range(len(network))):
        layer = network[i]
        errors = []
        if i != len(network) - 1:
            for j in range(len(layer)):
                error = 0.0
                for k in range(len(network[i + 1])):
                    error += network[i + 1][k][j] * deltas[i + 1][k]
                errors.append(error)
        else:
            for j in range(len(layer)):
                errors.append(outputs[i][j] - expected[j])
        deltas[i] = [errors[j] * transfer_derivative(outputs[i][j]) for j in range(len(layer))]
    return deltas

def backward(network, X, Y):
    grads = [[[0.0 for _ in neuron] for neuron in layer] for layer in network]
    for row, expected in zip(X, Y):
        outputs = forward_propagate(network, row)
        deltas = backward_propagate_error(network, outputs, expected)
        for i in range(len(network)):
            inputs = row if i == 0 else outputs[i - 1]
            for j in range(len(network[i])):
                for k in range(len(inputs)):
                    grads[i][j][k] += deltas[i][j] * inputs[k]
                grads[i][j][-1] += deltas[i][j]
    return grads

def J(network, X, Y):
    return sum(0.5 * sum((o - t) ** 2 for o, t in zip(forward_propagate(network, row)[-1], expected)) for row, expected in zip(X, Y))

def gradients(network, X, Y):
    return [np.array(layer) for layer in backward(network, X, Y)]
"""

NNFS = """
import numpy as np
rng = np.random.default_rng(15)
X, Y = rng.normal(size=(8, 2)), np.array([0, 2, 1, 1, 0, 2, 2, 1])
activations, loss, told = ["relu", "softmax"], "categorical_cross_entropy", {}

class Layer_Dense:
    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.7 * rng.normal(size=(n_inputs, n_neurons))
        self.biases = 0.3 * rng.normal(size=(1, n_neurons))
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.dot(inputs, self.weights) + self.biases
    def backward(self, dvalues):
        self.dweights = np.dot(self.inputs.T, dvalues)
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dinputs = np.dot(dvalues, self.weights.T)

class Activation_ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)
    def backward(self, dvalues):
        self.dinputs = dvalues.copy()
        self.dinputs[self.inputs <= 0] = 0

class Activation_Softmax_Loss_CategoricalCrossentropy:
    def forward(self, inputs, y_true):
        exp_values = np.exp(inputs - np.max(inputs, axis=1, keepdims=True))
        self.output = exp_values / np.sum(exp_values, axis=1, keepdims=True)
        return np.mean(-np.log(self.output[range(len(inputs)), y_true]))
    def backward(self, dvalues, y_true):
        samples = len(dvalues)
        self.dinputs = dvalues.copy()
        self.dinputs[range(samples), y_true] -= 1
        self.dinputs = self.dinputs / samples

def params():
    return [Layer_Dense(2, 5), Layer_Dense(5, 3)]

def backward(layers, X, y):
    dense1, dense2 = layers
    activation1 = Activation_ReLU()
    loss_activation = Activation_Softmax_Loss_CategoricalCrossentropy()
    dense1.forward(X)
    activation1.forward(dense1.output)
    dense2.forward(activation1.output)
    loss = loss_activation.forward(dense2.output, y)
    loss_activation.backward(loss_activation.output, y)
    dense2.backward(loss_activation.dinputs)
    activation1.backward(dense2.dinputs)
    dense1.backward(activation1.dinputs)
    return [(dense1.dweights, dense1.dbiases), (dense2.dweights, dense2.dbiases)]

def J(layers, X, y):
    a = np.maximum(0, X @ layers[0].weights + layers[0].biases)
    return Activation_Softmax_Loss_CategoricalCrossentropy().forward(a @ layers[1].weights + layers[1].biases, y)

def gradients(layers, X, y):
    return [g for pair in backward(layers, X, y) for g in pair]
"""

CS231N = """
import numpy as np
rng = np.random.default_rng(16)
X, Y = rng.normal(size=(6, 4)), np.array([0, 1, 2, 2, 1, 0])
activations, loss, told = ["relu", "softmax"], "categorical_cross_entropy", {}

class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size):
        self.params = {}
        self.params['W1'] = rng.normal(size=(input_size, hidden_size))
        self.params['b1'] = 0.1 * rng.normal(size=hidden_size)
        self.params['W2'] = rng.normal(size=(hidden_size, output_size))
        self.params['b2'] = 0.1 * rng.normal(size=output_size)

    def loss(self, X, y=None, reg=0.05):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        N, D = X.shape
        hidden = np.maximum(0, X.dot(W1) + b1)
        scores = hidden.dot(W2) + b2
        if y is None:
            return scores
        scores = scores - scores.max(axis=1, keepdims=True)
        probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        loss = -np.log(probs[np.arange(N), y]).sum() / N
        loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        grads = {}
        dscores = probs.copy()
        dscores[np.arange(N), y] -= 1
        dscores /= N
        grads['W2'] = hidden.T.dot(dscores) + 2 * reg * W2
        grads['b2'] = np.sum(dscores, axis=0)
        dhidden = dscores.dot(W2.T)
        dhidden[hidden <= 0] = 0
        grads['W1'] = X.T.dot(dhidden) + 2 * reg * W1
        grads['b1'] = np.sum(dhidden, axis=0)
        return loss, grads

net = TwoLayerNet(4, 5, 3)

def params():
    return net.params

def backward(params, X, y):
    net.params = params
    loss, grads = net.loss(X, y)
    return grads

def J(params, X, y):
    net.params = params
    probs = np.exp(net.loss(X))
    probs /= probs.sum(axis=1, keepdims=True)
    return -np.mean(np.log(probs[np.arange(len(y)), y])) + 0.05 * (np.sum(params['W1'] ** 2) + np.sum(params['W2'] ** 2))

def gradients(params, X, y):
    grads = backward(params, X, y)
    return [grads[k] for k in params]
"""

LMODEL = """
import numpy as np
rng = np.random.default_rng(17)
X, Y = rng.normal(size=(4, 6)), np.array([[1, 0, 1, 1, 0, 0]])
activations, loss, told = ["relu", "relu", "sigmoid"], "binary_cross_entropy", {}

def params():
    dims, p = [4, 5, 3, 1], {}
    for l in range(1, 4):
        p['W' + str(l)] = rng.normal(size=(dims[l], dims[l - 1]))
        p['b' + str(l)] = 0.1 * rng.normal(size=(dims[l], 1))
    return p

def relu(Z):
    return np.maximum(0, Z), Z

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z

def relu_backward(dA, cache):
    Z = cache
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ

def sigmoid_backward(dA, cache):
    Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * s * (1 - s)
    return dZ

def linear_activation_forward(A_prev, W, b, activation):
    Z = W.dot(A_prev) + b
    linear_cache = (A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)

def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(A_prev, parameters['W' + str(l)], parameters['b' + str(l)], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters['W' + str(L)], parameters['b' + str(L)], "sigmoid")
    caches.append(cache)
    return AL, caches

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db

def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)

def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    current_cache = caches[L - 1]
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = linear_activation_backward(dAL, current_cache, "sigmoid")
    for l in reversed(range(L - 1)):
        current_cache = caches[l]
        dA_prev_temp, dW_temp, db_temp = linear_activation_backward(grads["dA" + str(l + 1)], current_cache, "relu")
        grads["dA" + str(l)] = dA_prev_temp
        grads["dW" + str(l + 1)] = dW_temp
        grads["db" + str(l + 1)] = db_temp
    return grads

def backward(parameters, X, Y):
    AL, caches = L_model_forward(X, parameters)
    return L_model_backward(AL, Y, caches)

def J(parameters, X, Y):
    AL, _ = L_model_forward(X, parameters)
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))

def gradients(parameters, X, Y):
    grads = backward(parameters, X, Y)
    return [grads["d" + k] for k in parameters]
"""

THETAS = """
import numpy as np
rng = np.random.default_rng(18)
X, Y = rng.normal(size=(7, 3)), np.array([0, 1, 2, 1, 0, 2, 1])
activations, loss, told = ["sigmoid", "sigmoid"], "binary_cross_entropy", {}

def params():
    return rng.normal(size=(4, 4)), rng.normal(size=(3, 5))

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def sigmoidGradient(z):
    g = sigmoid(z)
    return g * (1 - g)

def nnCostFunction(Theta1, Theta2, X, y, lambda_=0.5):
    m = y.size
    y_matrix = np.eye(3)[y]
    a1 = np.concatenate([np.ones((m, 1)), X], axis=1)
    z2 = a1 @ Theta1.T
    a2 = np.concatenate([np.ones((m, 1)), sigmoid(z2)], axis=1)
    a3 = sigmoid(a2 @ Theta2.T)
    J = (-1 / m) * np.sum(np.log(a3) * y_matrix + np.log(1 - a3) * (1 - y_matrix))
    J = J + lambda_ / (2 * m) * (np.sum(np.square(Theta1[:, 1:])) + np.sum(np.square(Theta2[:, 1:])))
    delta_3 = a3 - y_matrix
    delta_2 = delta_3.dot(Theta2)[:, 1:] * sigmoidGradient(z2)
    Delta1 = delta_2.T.dot(a1)
    Delta2 = delta_3.T.dot(a2)
    Theta1_grad = (1 / m) * Delta1
    Theta1_grad[:, 1:] = Theta1_grad[:, 1:] + (lambda_ / m) * Theta1[:, 1:]
    Theta2_grad = (1 / m) * Delta2
    Theta2_grad[:, 1:] = Theta2_grad[:, 1:] + (lambda_ / m) * Theta2[:, 1:]
    return J, Theta1_grad, Theta2_grad

backward = nnCostFunction

def J(params, X, y):
    T1, T2 = params
    one, t = np.ones((len(X), 1)), np.eye(3)[y]
    a = sigmoid(np.hstack([one, sigmoid(np.hstack([one, X]) @ T1.T)]) @ T2.T)
    penalty = 0.5 / (2 * len(X)) * (np.sum(T1[:, 1:] ** 2) + np.sum(T2[:, 1:] ** 2))
    return -np.sum(t * np.log(a) + (1 - t) * np.log(1 - a)) / len(X) + penalty

def gradients(params, X, y):
    return nnCostFunction(*params, X, y)[1:]
"""

GLOBALS = """
import numpy as np
rng = np.random.default_rng(19)
X, Y = rng.normal(size=(2, 9)), np.eye(4)[:, [0, 1, 2, 3, 1, 2, 0, 3, 3]]
activations, loss, told = ["relu", "softmax"], "categorical_cross_entropy", {}
W1 = rng.normal(size=(5, 2))
b1 = 0.2 * rng.normal(size=(5, 1))
W2 = rng.normal(size=(4, 5))
b2 = 0.2 * rng.normal(size=(4, 1))

def params():
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

def ReLU(Z):
    return np.maximum(Z, 0)

def softmax(Z):
    return np.exp(Z) / sum(np.exp(Z))

def forward_prop(X):
    Z1 = W1.dot(X) + b1
    A1 = ReLU(Z1)
    Z2 = W2.dot(A1) + b2
    A2 = softmax(Z2)
    return Z1, A1, Z2, A2

def ReLU_deriv(Z):
    return Z > 0

def backward_prop(X, Y):
    m = Y.shape[1]
    Z1, A1, Z2, A2 = forward_prop(X)
    dZ2 = A2 - Y
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = W2.T.dot(dZ2) * ReLU_deriv(Z1)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    return dW1, db1, dW2, db2

backward = backward_prop

def J(p, X, Y):
    A = softmax(p["W2"] @ ReLU(p["W1"] @ X + p["b1"]) + p["b2"])
    return -np.sum(Y * np.log(A)) / X.shape[1]

def gradients(p, X, Y):
    return backward_prop(X, Y)
"""

MOMENTUM = """
import numpy as np
rng = np.random.default_rng(20)
X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
activations, loss, told = ["tanh", "linear"], "squared_error", {"returns": "parameters"}

class MLP:
    def __init__(self, n_in, n_hid, n_out, lr=0.05, momentum=0.9):
        self.Wh = rng.normal(size=(n_in, n_hid))
        self.bh = rng.normal(size=(n_hid,))
        self.Wo = rng.normal(size=(n_hid, n_out))
        self.bo = rng.normal(size=(n_out,))
        self.vWh, self.vbh = np.zeros_like(self.Wh), np.zeros_like(self.bh)
        self.vWo, self.vbo = np.zeros_like(self.Wo), np.zeros_like(self.bo)
        self.learning_rate = lr
        self.momentum = momentum

    def predict(self, X):
        self.h = np.tanh(X @ self.Wh + self.bh)
        return self.h @ self.Wo + self.bo

    def train_step(self, X, y):
        n = len(X)
        y_pred = self.predict(X)
        d_out = 2 * (y_pred - y) / n
        d_hid = (d_out @ self.Wo.T) * (1 - self.h ** 2)
        self.vWo = self.momentum * self.vWo - self.learning_rate * self.h.T @ d_out
        self.vbo = self.momentum * self.vbo - self.learning_rate * d_out.sum(0)
        self.vWh = self.momentum * self.vWh - self.learning_rate * X.T @ d_hid
        self.vbh = self.momentum * self.vbh - self.learning_rate * d_hid.sum(0)
        self.Wo += self.vWo
        self.bo += self.vbo
        self.Wh += self.vWh
        self.bh += self.vbh
        return np.mean(np.sum((y_pred - y) ** 2, axis=1))

def params():
    return MLP(3, 4, 2)

told["learning_rate"] = 0.05

def backward(net, X, y):
    return net.train_step(X, y)

NAMES = OWN = ["Wh", "bh", "Wo", "bo"]

def J(net, X, Y):
    return np.mean(np.sum((net.predict(X) - Y) ** 2, axis=1))

def gradients(net, X, Y):
    before = [getattr(net, n).copy() for n in NAMES]
    net.train_step(X, Y)
    return [(b - getattr(net, n)) / 0.05 for n, b in zip(NAMES, before)]
"""

LISTS = """
import numpy as np
rng = np.random.default_rng(21)
X, Y = rng.normal(size=(5, 4)), np.array([1, 0, 0, 1, 1])
activations, loss, told = ["tanh", "relu", "sigmoid"], "binary_cross_entropy", {}

ACTS = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: z * (z > 0), lambda z: 1.0 * (z > 0)),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
}
NAMES = ["tanh", "relu", "sigmoid"]

def params():
    sizes = [4, 5, 3, 1]
    return [{"weights": rng.normal(size=(i, o)), "bias": 0.3 * rng.normal(size=(1, o))} for i, o in zip(sizes, sizes[1:])]

def run_forward(model, x):
    history = [(None, x)]
    for layer, name in zip(model, NAMES):
        z = history[-1][1] @ layer["weights"] + layer["bias"]
        history.append((z, ACTS[name][0](z)))
    return history

def bce(y, p):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

def bce_prime(y, p):
    return (p - y) / (p * (1 - p)) / len(y)

def backward(model, x, y):
    y = y.reshape(-1, 1)
    history = run_forward(model, x)
    gradient = bce_prime(y, history[-1][1])
    updates = []
    for i in range(len(model) - 1, -1, -1):
        gradient = gradient * ACTS[NAMES[i]][1](history[i + 1][0])
        updates.insert(0, {"weights": history[i][1].T @ gradient, "bias": gradient.sum(axis=0, keepdims=True)})
        gradient = gradient @ model[i]["weights"].T
    return updates

def J(model, x, y):
    return bce(y.reshape(-1, 1), run_forward(model, x)[-1][1])

def gradients(model, x, y):
    return [g for layer in backward(model, x, y) for g in layer.values()]
"""

GENERATOR = """
import numpy as np
rng = np.random.default_rng(22)
X, Y = rng.normal(size=(3, 5)), rng.normal(size=(2, 5))
activations, loss, told = ["tanh", "tanh", "linear"], "squared_error", {}

def params():
    n = (3, 4, 3, 2)
    return [(rng.normal(size=(b, a)), rng.normal(size=(b, 1))) for a, b in zip(n, n[1:])]

def forward(params, x):
    acts = [x]
    for i, (W, b) in enumerate(params):
        z = W @ acts[-1] + b
        acts.append(z if i == len(params) - 1 else np.tanh(z))
    return acts

def backward(params, x, t):
    *acts, out = forward(params, x)
    err = (out - t) / t.shape[1]
    for (W, b), a in zip(reversed(params), reversed(acts)):
        yield err @ a.T, err.sum(axis=1, keepdims=True)
        err = (1 - a * a) * (W.T @ err)

def J(params, x, t):
    return 0.5 * np.sum((forward(params, x)[-1] - t) ** 2) / t.shape[1]

def gradients(params, x, t):
    return [g for pair in reversed(list(backward(params, x, t))) for g in pair]
"""

MALIK = """
import numpy as np
rng = np.random.default_rng(23)
X, Y = rng.normal(size=(7, 3)), np.eye(2)[[0, 1, 1, 0, 1, 0, 1]]
activations, loss, told = ["sigmoid", "softmax"], "categorical_cross_entropy", {}

def params():
    return dict(wh=rng.normal(size=(3, 4)), bh=rng.normal(size=4), wo=rng.normal(size=(4, 2)), bo=rng.normal(size=2))

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_der(x):
    return sigmoid(x) * (1 - sigmoid(x))

def softmax(A):
    expA = np.exp(A)
    return expA / expA.sum(axis=1, keepdims=True)

def get_gradients(feature_set, one_hot_labels, wh, bh, wo, bo):
    # Phase 1
    zh = np.dot(feature_set, wh) + bh
    ah = sigmoid(zh)
    zo = np.dot(ah, wo) + bo
    ao = softmax(zo)
    # Phase 2
    dcost_dzo = ao - one_hot_labels
    dzo_dwo = ah
    dcost_wo = np.dot(dzo_dwo.T, dcost_dzo)
    dcost_bo = dcost_dzo.sum(axis=0)
    # Phase 3
    dzo_dah = wo
    dcost_dah = np.dot(dcost_dzo, dzo_dah.T)
    dah_dzh = sigmoid_der(zh)
    dzh_dwh = feature_set
    dcost_wh = np.dot(dzh_dwh.T, dah_dzh * dcost_dah)
    dcost_bh = (dcost_dah * dah_dzh).sum(axis=0)
    return dcost_wh, dcost_bh, dcost_wo, dcost_bo

backward = get_gradients

def J(p, X, Y):
    return -np.sum(Y * np.log(softmax(sigmoid(X @ p["wh"] + p["bh"]) @ p["wo"] + p["bo"])))

def gradients(p, X, Y):
    return get_gradients(X, Y, **p)
"""

UDACITY = """
import numpy as np
rng = np.random.default_rng(24)
X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 1))
activations, loss, told = ["sigmoid", "linear"], "squared_error", {"returns": "parameters", "learning_rate": 0.4}

class NeuralNetwork(object):
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_input_to_hidden = rng.normal(size=(input_nodes, hidden_nodes))
        self.weights_hidden_to_output = rng.normal(size=(hidden_nodes, output_nodes))
        self.lr = learning_rate
        self.activation_function = lambda x: 1 / (1 + np.exp(-x))

    def train(self, features, targets):
        n_records = features.shape[0]
        delta_weights_i_h = np.zeros(self.weights_input_to_hidden.shape)
        delta_weights_h_o = np.zeros(self.weights_hidden_to_output.shape)
        for X, y in zip(features, targets):
            final_outputs, hidden_outputs = self.forward_pass_train(X)
            delta_weights_i_h, delta_weights_h_o = self.backpropagation(
                final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o)
        self.update_weights(delta_weights_i_h, delta_weights_h_o, n_records)

    def forward_pass_train(self, X):
        hidden_inputs = np.dot(X, self.weights_input_to_hidden)
        hidden_outputs = self.activation_function(hidden_inputs)
        final_inputs = np.dot(hidden_outputs, self.weights_hidden_to_output)
        return final_inputs, hidden_outputs

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o):
        error = y - final_outputs
        output_error_term = error
        hidden_error = np.dot(output_error_term, self.weights_hidden_to_output.T)
        hidden_error_term = hidden_error * hidden_outputs * (1 - hidden_outputs)
        delta_weights_i_h += hidden_error_term * X[:, None]
        delta_weights_h_o += output_error_term * hidden_outputs[:, None]
        return delta_weights_i_h, delta_weights_h_o

    def update_weights(self, delta_weights_i_h, delta_weights_h_o, n_records):
        self.weights_hidden_to_output += self.lr * delta_weights_h_o / n_records
        self.weights_input_to_hidden += self.lr * delta_weights_i_h / n_records

def params():
    return NeuralNetwork(3, 4, 1, 0.4)

def backward(network, X, y):
    network.train(X, y)

NAMES = OWN = ["weights_input_to_hidden", "weights_hidden_to_output"]

def J(net, X, Y):
    return np.mean((net.activation_function(X @ net.weights_input_to_hidden) @ net.weights_hidden_to_output - Y) ** 2) / 2

def gradients(net, X, Y):
    before = [getattr(net, n).copy() for n in NAMES]
    net.train(X, Y)
    return [(b - getattr(net, n)) / 0.4 for n, b in zip(NAMES, before)]
"""

FLOAT32 = """
import numpy as np
from dataclasses import dataclass
rng = np.random.default_rng(25)
X, Y = rng.normal(size=(9, 5)).astype(np.float32), np.array([2, 0, 1, 1, 2, 0, 0, 1, 2])
activations, loss, told = ["leaky_relu", "softmax"], "categorical_cross_entropy", {}

@dataclass
class Params:
    fc1_weight: np.ndarray
    fc1_bias: np.ndarray
    fc2_weight: np.ndarray
    fc2_bias: np.ndarray

def params():
    f = lambda *s: rng.normal(size=s).astype(np.float32)
    return Params(f(6, 5), f(6), f(3, 6), f(3))

def logits(p, x):
    pre = x @ p.fc1_weight.T + p.fc1_bias
    act = np.where(pre > 0, pre, np.float32(0.01) * pre)
    return pre, act, act @ p.fc2_weight.T + p.fc2_bias

def loss_and_grad(p, x, y):
    pre, act, z = logits(p, x)
    e = np.exp(z - z.max(1, keepdims=True))
    prob = e / e.sum(1, keepdims=True)
    loss = -np.log(prob[np.arange(len(y)), y]).mean()
    g = prob
    g[np.arange(len(y)), y] -= 1
    g /= len(y)
    fc2_weight_grad = g.T @ act
    fc2_bias_grad = g.sum(0)
    g = g @ p.fc2_weight
    g = np.where(pre > 0, g, np.float32(0.01) * g)
    fc1_weight_grad = g.T @ x
    fc1_bias_grad = g.sum(0)
    return loss, Params(fc1_weight_grad, fc1_bias_grad, fc2_weight_grad, fc2_bias_grad)

backward = loss_and_grad

def J(p, x, y):
    _, _, z = logits(p, x)
    z = z - z.max(1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(1)) - z[np.arange(len(y)), y])

def gradients(p, x, y):
    g = loss_and_grad(p, x, y)[1]
    return [g.fc1_weight, g.fc1_bias, g.fc2_weight, g.fc2_bias]
"""

PURE = """
import math
X = [[0.5, -1.2], [1.1, 0.3], [-0.7, 0.8], [0.2, 1.5]]
Y = [0.4, -0.3, 0.9, 0.1]
activations, loss, told = ["tanh", "linear"], "squared_error", {}

def params():
    return {"w_hidden": [[0.4, -0.6], [0.9, 0.2], [-0.3, 0.7]], "b_hidden": [0.1, -0.2, 0.05],
            "w_out": [[0.8, -0.5, 0.3]], "b_out": [0.2]}

def backward(net, xs, ys):
    gw1 = [[0.0, 0.0] for _ in range(3)]
    gb1 = [0.0] * 3
    gw2 = [[0.0] * 3]
    gb2 = [0.0]
    for x, y in zip(xs, ys):
        hidden = []
        for j in range(3):
            s = net["b_hidden"][j]
            for i in range(2):
                s += net["w_hidden"][j][i] * x[i]
            hidden.append(math.tanh(s))
        out = net["b_out"][0] + sum(net["w_out"][0][j] * hidden[j] for j in range(3))
        e = 2 * (out - y)
        gb2[0] += e
        for j in range(3):
            gw2[0][j] += e * hidden[j]
            d = e * net["w_out"][0][j] * (1 - hidden[j] ** 2)
            gb1[j] += d
            for i in range(2):
                gw1[j][i] += d * x[i]
    return {"w_hidden": gw1, "b_hidden": gb1, "w_out": gw2, "b_out": gb2}

def J(net, xs, ys):
    total = 0.0
    for x, y in zip(xs, ys):
        h = [math.tanh(net["b_hidden"][j] + sum(w * v for w, v in zip(net["w_hidden"][j], x))) for j in range(3)]
        total += (net["b_out"][0] + sum(w * v for w, v in zip(net["w_out"][0], h)) - y) ** 2
    return total

def gradients(net, xs, ys):
    g = backward(net, xs, ys)
    return [g["w_hidden"], g["b_hidden"], g["w_out"], g["b_out"]]
"""

MODULES = """
import numpy as np
rng = np.random.default_rng(27)
X, Y = rng.normal(size=(8, 4)), rng.normal(size=(8,))
activations, loss, told = ["relu", "relu", "linear"], "squared_error", {}

class Parameter:
    def __init__(self, data):
        self.data = data
        self.grad = np.zeros_like(data)

class Linear:
    def __init__(self, n, m):
        self.W = Parameter(rng.normal(size=(n, m)))
        self.b = Parameter(0.4 * rng.normal(size=m))
    def __call__(self, x):
        self.x = x
        return x @ self.W.data + self.b.data
    def backward(self, dout):
        self.W.grad += self.x.T @ dout
        self.b.grad += dout.sum(axis=0)
        return dout @ self.W.data.T

class ReLU:
    def __call__(self, x):
        self.mask = x > 0
        return x * self.mask
    def backward(self, dout):
        return dout * self.mask

class MSELoss:
    def __call__(self, pred, y):
        self.diff = pred - y.reshape(-1, 1)
        return np.mean(self.diff ** 2)
    def backward(self):
        return 2 * self.diff / self.diff.size

class Sequential:
    def __init__(self, *layers):
        self.layers = layers
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
    def parameters(self):
        return [p for layer in self.layers if isinstance(layer, Linear) for p in (layer.W, layer.b)]

def params():
    model = Sequential(Linear(4, 5), ReLU(), Linear(5, 3), ReLU(), Linear(3, 1))
    return [p.data for p in model.parameters()]

def build(arrays):
    model = Sequential(Linear(4, 5), ReLU(), Linear(5, 3), ReLU(), Linear(3, 1))
    for p, a in zip(model.parameters(), arrays):
        p.data = a
    return model

def backward(arrays, X, y):
    model, criterion = build(arrays), MSELoss()
    criterion(model(X), y)
    model.backward(criterion.backward())
    return [p.grad for p in model.parameters()]

def J(arrays, X, y):
    return MSELoss()(build(arrays)(X), y)

def gradients(arrays, X, y):
    return backward(arrays, X, y)
"""

VECTOR = """
import numpy as np
rng = np.random.default_rng(28)
X, Y = rng.normal(size=(10, 3)), rng.normal(size=10)
activations, loss, told = ["linear"], "squared_error", {}

def params():
    return rng.normal(size=3), 0.7

def gradient_descent_step(w, b, X, y):
    n = len(y)
    y_hat = X @ w + b
    residual = y_hat - y
    dj_dw = X.T @ residual / n
    dj_db = residual.mean()
    return dj_dw, dj_db

backward = gradient_descent_step

def J(params, X, y):
    w, b = params
    return np.mean((X @ w + b - y) ** 2) / 2

def gradients(params, X, y):
    return gradient_descent_step(*params, X, y)
"""

KEEP = """
import numpy as np
rng = np.random.default_rng(29)
X, Y = rng.normal(size=(3, 8)), np.array([[0, 1, 1, 0, 1, 0, 0, 1]])
activations, loss, told = ["relu", "relu", "sigmoid"], "binary_cross_entropy", {}

def params():
    return {"W1": rng.normal(size=(5, 3)), "b1": 0.3 * rng.normal(size=(5, 1)), "W2": rng.normal(size=(4, 5)),
            "b2": 0.3 * rng.normal(size=(4, 1)), "W3": rng.normal(size=(1, 4)), "b3": 0.3 * rng.normal(size=(1, 1))}

def forward_propagation_with_dropout(X, parameters, keep_prob=1.0):
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    A1 = np.maximum(0, Z1)
    D1 = (np.random.rand(*A1.shape) < keep_prob).astype(int)
    A1 = A1 * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = np.maximum(0, Z2)
    D2 = (np.random.rand(*A2.shape) < keep_prob).astype(int)
    A2 = A2 * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

def backward_propagation_with_dropout(X, Y, parameters, keep_prob=1.0):
    m = X.shape[1]
    _, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1./m * np.dot(dZ3, A2.T)
    db3 = 1./m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 = dA2 * D2 / keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1./m * np.dot(dZ2, A1.T)
    db2 = 1./m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 = dA1 * D1 / keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1./m * np.dot(dZ1, X.T)
    db1 = 1./m * np.sum(dZ1, axis=1, keepdims=True)
    gradients = {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
                 "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    return gradients

backward = backward_propagation_with_dropout

def J(parameters, X, Y):
    A, _ = forward_propagation_with_dropout(X, parameters)
    return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A))

def gradients(parameters, X, Y):
    grads = backward(X, Y, parameters)
    return [grads["d" + k] for k in parameters]
"""

MATRIX = """
import numpy as np
rng = np.random.default_rng(30)
X, Y = np.asmatrix(rng.normal(size=(5, 3))), np.asmatrix([[0.2], [0.9], [0.4], [0.7], [0.1]])
activations, loss, told = ["sigmoid", "sigmoid"], "squared_error", {}

def params():
    return {"v": np.asmatrix(rng.normal(size=(3, 4))), "gamma": np.asmatrix(rng.normal(size=(1, 4))),
            "w": np.asmatrix(rng.normal(size=(4, 1))), "theta": np.asmatrix(rng.normal(size=(1, 1)))}

def logistic(x):
    return 1 / (1 + np.exp(-x))

def backward(par, data, label):
    v, gamma, w, theta = par["v"], par["gamma"], par["w"], par["theta"]
    dv, dgamma, dw, dtheta = 0 * v, 0 * gamma, 0 * w, 0 * theta
    for k in range(data.shape[0]):
        x, y = data[k], label[k]
        b = logistic(x * v + gamma)
        y_hat = logistic(b * w + theta)
        g = np.multiply(np.multiply(y_hat, 1 - y_hat), y - y_hat)
        e = np.multiply(np.multiply(b, 1 - b), g * w.T)
        dw -= b.T * g
        dtheta -= g
        dv -= x.T * e
        dgamma -= e
    return {"v": dv, "gamma": dgamma, "w": dw, "theta": dtheta}

def J(par, data, label):
    out = logistic(logistic(data * par["v"] + par["gamma"]) * par["w"] + par["theta"])
    return 0.5 * np.sum(np.square(out - label))

def gradients(par, data, label):
    return [np.asarray(g) for g in backward(par, data, label).values()]
"""

FLAT = """
import numpy as np
rng = np.random.default_rng(31)
X, Y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
activations, loss, told = ["tanh", "linear"], "squared_error", {}

def params():
    return (rng.normal(size=(3, 4)), rng.normal(size=4), rng.normal(size=(4, 2)), rng.normal(size=2))

def costFunctionPrime(W1, b1, W2, b2, X, y):
    z2 = np.dot(X, W1) + b1
    a2 = np.tanh(z2)
    yHat = np.dot(a2, W2) + b2
    delta3 = -(y - yHat)
    dJdW2 = np.dot(a2.T, delta3)
    dJdb2 = np.sum(delta3, axis=0)
    delta2 = np.dot(delta3, W2.T) * (1 - np.tanh(z2) ** 2)
    dJdW1 = np.dot(X.T, delta2)
    dJdb1 = np.sum(delta2, axis=0)
    return np.concatenate((dJdW1.ravel(), dJdb1.ravel(), dJdW2.ravel(), dJdb2.ravel()))

backward = costFunctionPrime

def J(params, X, y):
    W1, b1, W2, b2 = params
    return 0.5 * np.sum((np.tanh(X @ W1 + b1) @ W2 + b2 - y) ** 2)

def gradients(params, X, y):
    flat, out = costFunctionPrime(*params, X, y), []
    for p in params:
        out.append(flat[: p.size].reshape(p.shape))
        flat = flat[p.size :]
    return out
"""

EINSUM = """
import numpy as np
rng = np.random.default_rng(32)
X, Y = rng.normal(size=(7, 5)), np.eye(3)[[0, 2, 1, 1, 0, 2, 2]]
activations, loss, told = ["tanh", "sigmoid", "softmax"], "categorical_cross_entropy", {}

def params():
    u = lambda *s: rng.uniform(-1, 1, s)
    return {"encoder": {"kernel": u(5, 4), "bias": u(4)}, "middle": {"kernel": u(4, 6), "bias": u(6)}, "head": {"kernel": u(6, 3), "bias": u(3)}}

def forward(params, x):
    h1 = np.tanh(np.einsum("ni,ij->nj", x, params["encoder"]["kernel"]) + params["encoder"]["bias"])
    h2 = 1 / (1 + np.exp(-np.einsum("ni,ij->nj", h1, params["middle"]["kernel"]) - params["middle"]["bias"]))
    s = np.einsum("ni,ij->nj", h2, params["head"]["kernel"]) + params["head"]["bias"]
    p = np.exp(s) / np.exp(s).sum(-1, keepdims=True)
    return h1, h2, p

def backward(params, x, t):
    h1, h2, p = forward(params, x)
    gs = (p - t) / x.shape[0]
    gh2 = np.einsum("nk,jk->nj", gs, params["head"]["kernel"])
    ga2 = gh2 * h2 * (1 - h2)
    gh1 = np.einsum("nk,jk->nj", ga2, params["middle"]["kernel"])
    ga1 = gh1 * (1 - h1 ** 2)
    return {
        "encoder": {"kernel": np.einsum("ni,nj->ij", x, ga1), "bias": np.einsum("nj->j", ga1)},
        "middle": {"kernel": np.einsum("ni,nj->ij", h1, ga2), "bias": np.einsum("nj->j", ga2)},
        "head": {"kernel": np.einsum("ni,nj->ij", h2, gs), "bias": np.einsum("nj->j", gs)},
    }

def J(params, x, t):
    return -np.mean(np.sum(t * np.log(forward(params, x)[2]), axis=1))

def gradients(params, x, t):
    return [g for layer in backward(params, x, t).values() for g in layer.values()]
"""

EPOCHS = """
import numpy as np
rng = np.random.default_rng(33)
X, Y = rng.normal(size=(2, 6)), np.array([[0, 1, 1, 0, 1, 0]])
activations, loss, told = ["tanh", "sigmoid"], "binary_cross_entropy", {"returns": "parameters"}

def params():
    return {"W1": rng.normal(size=(4, 2)), "b1": np.zeros((4, 1)), "W2": rng.normal(size=(1, 4)), "b2": np.zeros((1, 1))}

def nn_model(X, Y, parameters, num_iterations=1, learning_rate=1.2, print_cost=True):
    for i in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
        if print_cost:
            print("Cost after iteration %i: %f" % (i, cost))
    return parameters

def forward_propagation(X, parameters):
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def compute_cost(A2, Y):
    m = Y.shape[1]
    return float(-np.sum(np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)) / m)

def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = (1 / m) * np.dot(dZ2, A1.T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.dot(W2.T, dZ2) * (1 - np.power(A1, 2))
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

def update_parameters(parameters, grads, learning_rate=1.2):
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

backward = nn_model

def J(parameters, X, Y):
    return compute_cost(forward_propagation(X, parameters)[0], Y)

def gradients(parameters, X, Y):
    after = nn_model(X, Y, parameters, print_cost=False)
    return [(parameters[k] - after[k]) / 1.2 for k in parameters]
"""

OWN_OBJECT = """
import numpy as np
rng = np.random.default_rng(34)
X, Y = rng.normal(size=(6, 3)), np.array([[1], [0], [0], [1], [1], [0]])
activations, loss, told = ["relu", "sigmoid"], "binary_cross_entropy", {}

class NN:
    def __init__(self):
        self.w1 = rng.normal(size=(3, 5))
        self.b1 = 0.2 * rng.normal(size=(1, 5))
        self.w2 = rng.normal(size=(5, 1))
        self.b2 = 0.2 * rng.normal(size=(1, 1))
        self.losses = []

    def forward(self, x):
        self.z1 = x @ self.w1 + self.b1
        self.a1 = np.maximum(self.z1, 0)
        self.z2 = self.a1 @ self.w2 + self.b2
        self.out = 1 / (1 + np.exp(-self.z2))
        return self.out

    def backward(self, x, y):
        self.forward(x)
        n = x.shape[0]
        self.dz2 = self.out - y
        self.dw2 = self.a1.T @ self.dz2 / n
        self.db2 = np.sum(self.dz2, axis=0, keepdims=True) / n
        self.da1 = self.dz2 @ self.w2.T
        self.dz1 = self.da1 * (self.z1 > 0)
        self.dw1 = x.T @ self.dz1 / n
        self.db1 = np.sum(self.dz1, axis=0, keepdims=True) / n

def params():
    return NN()

backward = NN.backward

def J(net, x, y):
    p = net.forward(x)
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

def gradients(net, x, y):
    net.backward(x, y)
    return [net.dw1, net.db1, net.dw2, net.db2]
"""

ADALINE = """
import numpy as np
rng = np.random.default_rng(35)
X, Y = rng.normal(size=(9, 2)), np.array([0, 1, 1, 0, 0, 1, 0, 1, 1])
activations, loss, told = ["sigmoid"], "squared_error", {"returns": "parameters"}

def params():
    return {"w_": rng.normal(size=2), "b_": 0.4}

def net_input(X, w_, b_):
    return np.dot(X, w_) + b_

def fit(X, y, w_, b_, eta=0.01):
    output = 1 / (1 + np.exp(-net_input(X, w_, b_)))
    errors = y - output
    slope = output * (1 - output)
    w_ = w_ + eta * 2.0 * X.T.dot(errors * slope) / X.shape[0]
    b_ = b_ + eta * 2.0 * (errors * slope).mean()
    return w_, b_

backward = fit

def J(p, X, y):
    return np.mean((1 / (1 + np.exp(-net_input(X, **p))) - y) ** 2)

def gradients(p, X, y):
    w, b = fit(X, y, **p)
    return [(p["w_"] - w) / 0.01, (p["b_"] - b) / 0.01]
"""

BATCH_NORM = """
import numpy as np
rng = np.random.default_rng(36)
X, Y = rng.normal(size=(8, 3)), np.eye(2)[[0, 1, 1, 0, 1, 0, 0, 1]]
activations, loss, told = ["relu", "softmax"], "categorical_cross_entropy", {}

def params():
    return {"W1": rng.normal(size=(3, 4)), "gamma": np.ones(4), "beta": np.zeros(4), "W2": rng.normal(size=(4, 2)), "b2": np.zeros(2)}

def backward(params, x, t):
    N = len(x)
    a = x @ params["W1"]
    mu, var = a.mean(0), a.var(0)
    xhat = (a - mu) / np.sqrt(var + 1e-7)
    y = params["gamma"] * xhat + params["beta"]
    z = np.maximum(y, 0)
    s = z @ params["W2"] + params["b2"]
    p = np.exp(s) / np.exp(s).sum(1, keepdims=True)
    ds = (p - t) / N
    grads = {"W2": z.T @ ds, "b2": ds.sum(0)}
    dy = ds @ params["W2"].T * (y > 0)
    grads["gamma"], grads["beta"] = (dy * xhat).sum(0), dy.sum(0)
    dx = dy * params["gamma"] / np.sqrt(var + 1e-7)
    da = dx - dx.mean(0) - xhat * (dx * xhat).mean(0)
    grads["W1"] = x.T @ da
    return grads

def J(params, x, t):
    a = x @ params["W1"]
    y = params["gamma"] * (a - a.mean(0)) / np.sqrt(a.var(0) + 1e-7) + params["beta"]
    s = np.maximum(y, 0) @ params["W2"] + params["b2"]
    return np.mean(np.log(np.exp(s).sum(1)) - (s * t).sum(1))

def gradients(params, x, t):
    g = backward(params, x, t)
    return [g[k] for k in params]
"""

STYLES = {
    "eleven lines": TRASK, "propagate": PROPAGATE, "nabla": NIELSEN, "neurons": MASTERY, "dinputs": NNFS, "reg": CS231N,
    "caches": LMODEL, "cost function": THETAS, "globals": GLOBALS, "momentum": MOMENTUM, "list of layers": LISTS,
    "generator": GENERATOR, "phases": MALIK, "records": UDACITY, "float32": FLOAT32, "no numpy": PURE, "modules": MODULES,
    "residual": VECTOR, "keep_prob": KEEP, "np.matrix": MATRIX, "one vector": FLAT, "einsum": EINSUM, "epochs": EPOCHS,
    "unbound method": OWN_OBJECT, "adaline": ADALINE,
}  # fmt: skip

CASES = [(style, "", []) for style in STYLES] + [
    ("eleven lines", "difference_turned_round|update_with_plus", [("l2_error = y - l2", "l2_error = l2 - y")]),
    ("eleven lines", "slope_formula_fed_with_z", [("l1_delta = l1_error * nonlin(l1, deriv=True)", "l1_delta = l1_error * nonlin(np.dot(l0, syn0), deriv=True)")]),
    ("eleven lines", "error_sent_back_before_slope", [("l1_error = l2_delta.dot(syn1.T)", "l1_error = l2_error.dot(syn1.T)")]),
    ("eleven lines", "W_updated_first", [("    syn1 += l1.T.dot(l2_delta)\n", ""), ("    l1_error = l2_delta", "    syn1 += l1.T.dot(l2_delta)\n    l1_error = l2_delta")]),
    ("propagate", "?", [("db = 1 / m * np.sum(A - Y)", "db = np.sum(A - Y)")]),
    ("propagate", "difference_turned_round", [("(A - Y).T", "(Y - A).T"), ("np.sum(A - Y)", "np.sum(Y - A)")]),
    ("propagate", "features_counted_as_examples", [("m = X.shape[1]", "m = X.shape[0]")]),
    ("nabla", "slope_formula_fed_with_z", [("return sigmoid(z) * (1 - sigmoid(z))", "return z * (1 - z)")]),
    ("nabla", "slope_at_A", [("z = zs[-l]\n", "z = activations[-l]\n")]),
    ("nabla", "only_last_example", [("nabla_w = [nw + dnw for", "nabla_w = [dnw for"), ("nabla_b = [nb + dnb for", "nabla_b = [dnb for")]),
    ("nabla", "?", [("np.dot(delta, activations[-2].transpose())", "np.dot(delta, activations[-1 - 2].transpose())")]),
    ("neurons", "path_sum_not_reset", [("            for j in range(len(layer)):\n                error = 0.0\n", "            error = 0.0\n            for j in range(len(layer)):\n")]),
    ("neurons", "input_left_out", [("grads[i][j][k] += deltas[i][j] * inputs[k]", "grads[i][j][k] += deltas[i][j]")]),
    ("neurons", "slope_missing", [("[errors[j] * transfer_derivative(outputs[i][j]) for", "[errors[j] * (transfer_derivative(outputs[i][j]) if i else 1) for")]),
    ("dinputs", "one_over_d_missing", [('"categorical_cross_entropy", {}', '"categorical_cross_entropy", {"cost": "mean"}'), ("self.dinputs = self.dinputs / samples", "pass")]),
    ("dinputs", "slope_missing|relu_mask_always_true", [("self.dinputs[self.inputs <= 0] = 0", "pass")]),
    ("dinputs", "relu_mask_of_the_gradient|slope_of_the_error", [("self.dinputs[self.inputs <= 0] = 0", "self.dinputs[dvalues <= 0] = 0")]),
    ("dinputs", "bias_summed_over_everything one_over_d_missing", [('"categorical_cross_entropy", {}', '"categorical_cross_entropy", {"cost": "mean"}'), ("np.sum(dvalues, axis=0, keepdims=True)", "np.sum(dvalues)"), ("self.dinputs = self.dinputs / samples", "pass")]),
    ("reg", "penalty_missing", [('"categorical_cross_entropy", {}', '"categorical_cross_entropy", {"cost": "mean, l2=0.1"}'), (" + 2 * reg * W2", ""), (" + 2 * reg * W1", "")]),
    ("reg", "penalty_on_biases", [("grads['b2'] = np.sum(dscores, axis=0)", "grads['b2'] = np.sum(dscores, axis=0) + 2 * reg * b2"), ("grads['b1'] = np.sum(dhidden, axis=0)", "grads['b1'] = np.sum(dhidden, axis=0) + 2 * reg * b1")]),
    ("reg", "one_over_d_missing", [('"categorical_cross_entropy", {}', '"categorical_cross_entropy", {"cost": "mean, l2=0.1"}'), ("        dscores /= N\n", "")]),
    ("reg", "softmax_over_the_examples", [("np.exp(scores).sum(axis=1, keepdims=True)", "np.exp(scores).sum(axis=0, keepdims=True)")]),
    ("reg", "?", [("hidden.T.dot(dscores) + 2 * reg * W2", "hidden.T.dot(dscores) + reg * W2 * W2"), ("X.T.dot(dhidden) + 2 * reg * W1", "X.T.dot(dhidden) + reg * W1 * W1")]),
    ("caches", "activation_for_slope", [("    dZ[Z <= 0] = 0\n", "    dZ = dZ * np.maximum(0, Z)\n")]),
    ("caches", "bias_summed_over_units", [("np.sum(dZ, axis=1, keepdims=True)", "np.sum(dZ, axis=0, keepdims=True)")]),
    ("caches", "one_over_d_twice", [("return dA_prev, dW, db", "return dA_prev, dW / m, db / m")]),
    ("caches", "slope_applied_again", [("dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))", "dAL = AL - Y")]),
    ("caches", "difference_turned_round relu_mask_always_true|slope_missing", [("dAL = -(np", "dAL = (np"), ("dZ[Z <= 0] = 0", "dZ[np.maximum(Z, 0) < 0] = 0")]),
    ("cost function", "slope_missing", [("[:, 1:] * sigmoidGradient(z2)", "[:, 1:]")]),
    ("cost function", "slope_at_A", [("sigmoidGradient(z2)", "sigmoidGradient(a2[:, 1:])")]),
    ("cost function", "penalty_on_biases", [("Theta1_grad[:, 1:] = Theta1_grad[:, 1:] + (lambda_ / m) * Theta1[:, 1:]", "Theta1_grad = Theta1_grad + (lambda_ / m) * Theta1"), ("Theta2_grad[:, 1:] = Theta2_grad[:, 1:] + (lambda_ / m) * Theta2[:, 1:]", "Theta2_grad = Theta2_grad + (lambda_ / m) * Theta2")]),
    ("cost function", "?", [("Delta1 = delta_2.T.dot(a1)", "Delta1 = delta_2.T.dot(a1)[:, ::-1]")]),
    ("globals", "bias_summed_over_everything", [("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dZ2)"), ("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1)")]),
    ("globals", "activation_for_slope", [("* ReLU_deriv(Z1)", "* ReLU(Z1)")]),
    ("momentum", "W_updated_first", [("        d_hid = (d", "        self.Wo += -self.learning_rate * self.h.T @ d_out\n        d_hid = (d"), ("        self.Wo += self.vWo\n", "")]),
    ("momentum", "slope_formula_fed_with_z", [("(1 - self.h ** 2)", "(1 - (X @ self.Wh + self.bh) ** 2)")]),
    ("momentum", "W_replaced_by_step", [("self.Wo += self.vWo", "self.Wo = self.vWo"), ("self.Wh += self.vWh", "self.Wh = self.vWh")]),
    ("momentum", "bias_never_trained", [("        self.bo += self.vbo\n", ""), ("        self.bh += self.vbh\n", "")]),
    ("list of layers", "labels_broadcast", [("    y = y.reshape(-1, 1)\n    history", "    history")]),
    ("list of layers", "slope_at_A", [("ACTS[NAMES[i]][1](history[i + 1][0])", "ACTS[NAMES[i]][1](history[i + 1][1])")]),
    ("list of layers", "sigmoid_slope_for_all", [("gradient = gradient * ACTS[NAMES[i]][1](history[i + 1][0])", "gradient = gradient * history[i + 1][1] * (1 - history[i + 1][1])")]),
    ("list of layers", "slope_without_error", [("gradient = gradient * ACTS[NAMES[i]][1](history[i + 1][0])", "gradient = ACTS[NAMES[i]][1](history[i + 1][0]) * (gradient if i == 2 else 1)")]),
    ("generator", "slope_with_wrong_sign", [("(1 - a * a)", "(1 + a * a)")]),
    ("generator", "slope_missing difference_turned_round", [("(1 - a * a) * (W.T @ err)", "W.T @ err"), ("(out - t)", "(t - out)")]),
    ("generator", "error_not_sent_through_W", [("(W.T @ err)", "err.sum(axis=0, keepdims=True)")]),
    ("phases", "slope_formula_fed_with_z|slope_at_A", [("return sigmoid(x) * (1 - sigmoid(x))", "return x * (1 - x)")]),
    ("phases", "slope_missing bias_summed_over_everything", [("dah_dzh * dcost_dah)", "dcost_dah)"), ("(dcost_dah * dah_dzh).sum(axis=0)", "dcost_dah.sum(axis=0)"), ("dcost_dzo.sum(axis=0)", "dcost_dzo.sum()")]),
    ("phases", "sigmoid_turned_round", [("return 1 / (1 + np.exp(-x))", "return 1 / (1 + np.exp(x))")]),
    ("phases", "softmax_twice", [("ao = softmax(zo)", "ao = softmax(softmax(zo))")]),
    ("list of layers", "slope_of_the_next_layer", [("(history[i + 1][0])", "(history[min(i + 2, 3)][0])")]),
    ("nabla", "bias_times_input", [("nabla_b[-1] = delta", "nabla_b[-1] = np.dot(delta, activations[-2].T).sum(axis=1, keepdims=True)"), ("nabla_b[-l] = delta", "nabla_b[-l] = np.dot(delta, activations[-l - 1].T).sum(axis=1, keepdims=True)")]),
    ("epochs", "bias_stepped_once_per_input", [('b1 = parameters["b1"] - learning_rate * grads["db1"]', 'b1 = parameters["b1"] - 2 * learning_rate * grads["db1"]'), ('b2 = parameters["b2"] - learning_rate * grads["db2"]', 'b2 = parameters["b2"] - 4 * learning_rate * grads["db2"]')]),
    ("reg", "labels_off_by_one", [("dscores[np.arange(N), y] -= 1", "dscores[np.arange(N), y - 1] -= 1")]),
    ("records", "update_with_plus|difference_turned_round", [("error = y - final_outputs", "error = final_outputs - y")]),
    ("records", "?", [("output_error_term = error", "output_error_term = error * final_outputs * (1 - final_outputs)")]),
    ("records", "?", [("        self.update_weights(delta_weights_i_h, delta_weights_h_o, n_records)", "            self.update_weights(delta_weights_i_h, delta_weights_h_o, n_records)")]),
    ("float32", "softmax_element_by_element", [("    g /= len(y)\n", "    g = g * prob * (1 - prob) / len(y)\n"), ("    g = prob\n", "    g = prob.copy()\n")]),
    ("float32", "slope_missing", [("    g = np.where(pre > 0, g, np.float32(0.01) * g)\n", "")]),
    ("float32", "?", [("fc1_weight_grad = g.T @ x", "fc1_weight_grad = g.mean(0)[:, None] * p.fc1_weight")]),
    ("no numpy", "slope_at_A", [("(1 - hidden[j] ** 2)", "(1 - math.tanh(hidden[j]) ** 2)")]),
    ("no numpy", "error_not_sent_through_W", [('d = e * net["w_out"][0][j] * (1', "d = e * (1")]),
    ("no numpy", "sigmoid_slope_for_all", [("(1 - hidden[j] ** 2)", "hidden[j] * (1 - hidden[j])")]),
    ("modules", "labels_broadcast", [("pred - y.reshape(-1, 1)", "pred - y"), ("self.diff / self.diff.size", "self.diff.sum(1, keepdims=True) / self.diff.size")]),
    ("modules", "transpose_of_A_missing|A_reshaped", [("self.W.grad += self.x.T @ dout", "self.W.grad += self.x.reshape(self.x.shape[::-1]) @ dout")]),
    ("modules", "one_over_d_in_dW_too", [("self.x.T @ dout", "self.x.T @ dout / len(dout)")]),
    ("residual", "?", [("residual = y_hat - y", "residual = y_hat - y.mean()")]),
    ("residual", "?", [("X.T @ residual / n", "X.T @ residual"), ("residual.mean()", "residual.sum() * n")]),
    ("keep_prob", "activation_for_slope", [("dZ1 = np.multiply(dA1, np.int64(A1 > 0))", "dZ1 = np.multiply(dA1, A1 * np.int64(A1 > 0))")]),
    ("keep_prob", "transpose_of_W_missing|W_reshaped", [("dA1 = np.dot(W2.T, dZ2)", "dA1 = np.dot(W2.reshape(5, 4), dZ2)")]),
    ("keep_prob", "A_of_the_wrong_layer", [("dW2 = 1./m * np.dot(dZ2, A1.T)", "dW2 = 1./m * np.dot(dZ2, A2.T)")]),
    ("np.matrix", "output_slope_missing_in_own_step", [("dw -= b.T * g", "dw -= b.T * (y - y_hat)"), ("dtheta -= g", "dtheta -= y - y_hat")]),
    ("np.matrix", "slope_missing", [("e = np.multiply(np.multiply(b, 1 - b), g * w.T)", "e = g * w.T")]),
    ("one vector", "difference_turned_round", [("delta3 = -(y - yHat)", "delta3 = y - yHat")]),
    ("one vector", "slope_at_A", [("(1 - np.tanh(z2) ** 2)", "(1 - np.tanh(a2) ** 2)")]),
    ("einsum", "sigmoid_slope_for_all", [("ga1 = gh1 * (1 - h1 ** 2)", "ga1 = gh1 * h1 * (1 - h1)")]),
    ("einsum", "bias_averaged", [('"bias": np.einsum("nj->j", ga1)', '"bias": ga1.mean(0)'), ('"bias": np.einsum("nj->j", ga2)', '"bias": ga2.mean(0)'), ('"bias": np.einsum("nj->j", gs)', '"bias": gs.mean(0)')]),
    ("einsum", "Z_in_place_of_A", [('"kernel": np.einsum("ni,nj->ij", h2, gs)', '"kernel": np.einsum("ni,nj->ij", np.log(h2 / (1 - h2)), gs)')]),
    ("epochs", "difference_turned_round|update_with_plus", [("- learning_rate", "+ learning_rate")]),
    ("epochs", "bias_never_trained", [('b1 = parameters["b1"] - learning_rate * grads["db1"]', 'b1 = parameters["b1"]'), ('b2 = parameters["b2"] - learning_rate * grads["db2"]', 'b2 = parameters["b2"]')]),
    ("epochs", "?", [("(1 - np.power(A1, 2))", '(1 + np.power(cache["Z1"], 2))')]),
    ("epochs", "learning_rate_divided_by_d|one_over_d_twice", [("update_parameters(parameters, grads, learning_rate)", "update_parameters(parameters, grads, learning_rate / X.shape[1])")]),
    ("unbound method", "slope_of_the_error|relu_mask_of_the_gradient", [("self.dz1 = self.da1 * (self.z1 > 0)", "self.dz1 = self.da1 * (self.da1 > 0)")]),
    ("unbound method", "features_counted_as_examples", [("n = x.shape[0]", "n = x.shape[1]")]),
    ("adaline", "output_slope_missing_in_own_step|slope_missing|shortcut_for_any_pair", [("slope = output * (1 - output)", "slope = 1")]),
    ("adaline", "update_with_plus|difference_turned_round", [("errors = y - output", "errors = output - y")]),
]  # fmt: skip


def made(style, changes):
    """The module of a style with some of its lines swapped; its source can be read."""
    text = STYLES[style]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    name = f"<{style} {hash(text)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    module = {"__name__": "learner"}
    exec(compile(text, name, "exec"), module)
    return SimpleNamespace(**module)
